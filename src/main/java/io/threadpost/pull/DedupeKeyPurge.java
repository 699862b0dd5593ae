package io.threadpost.pull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Deletes dedupe keys that no window can meet again: those whose time is covered by at least the lookback, and five
 * seconds, on both sides, and as far away from every window that is not drained.
 */
@Singleton
public final class DedupeKeyPurge {
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Ledger ledger;
    private final ThreadVersions versions;
    private final long margin;

    DedupeKeyPurge(Ledger ledger, ThreadVersions versions, Settings settings) {
        this.ledger = ledger;
        this.versions = versions;
        this.margin = Math.max(
                LEAST_NANOS, settings.get(SettingsCatalogue.PULL_LOOKBACK).toNanos());
    }

    /**
     * Deletes what is no longer needed; returns early, between two transactions, when the thread is interrupted.
     *
     * @throws io.threadpost.ledger.LedgerException when the ledger refuses; earlier deletions stay
     */
    public void run() {
        for (Covered covered : ledger.write(this::forgettable)) {
            versions.forget(covered.connection(), covered.from(), covered.to());
        }
        versions.compact();
    }

    private List<Covered> forgettable(Transaction tx) throws SQLException {
        List<Covered> covered = new ArrayList<>();
        for (Covered closed : windows(tx, "state = 'closed'", -margin)) {
            // Other windows need the keys around them, such as those of an audit's backfill within covered time. One
            // of some enterprises, of time that is covered for others, may be begun again when it was cancelled.
            List<Interval> needed = new ArrayList<>();
            windows(
                            tx,
                            "state IN ('open', 'paused') OR state = 'cancelled' AND backfill IN"
                                    + " (SELECT id FROM backfill WHERE enterprises IS NOT NULL AND origin <> 'audit')",
                            margin)
                    .stream()
                    .filter(open -> open.connection().equals(closed.connection()))
                    .map(open -> new Interval(open.from(), open.to()))
                    .forEach(needed::add);
            EnterpriseHistory.edges(tx, closed.connection())
                    .forEach(edge -> needed.add(new Interval(edge - margin, edge + margin)));
            IntervalSet.of(closed.from(), closed.to()).minus(IntervalSet.of(needed)).intervals().stream()
                    .map(part -> new Covered(closed.connection(), part.start(), part.end()))
                    .forEach(covered::add);
        }
        for (Covered part : covered) {
            // Before the first key goes, so that no window ever looks back to where keys are missing.
            tx.update(
                    "UPDATE pull_connection SET keys_from_ns = ? WHERE connection = ? AND keys_from_ns < ?",
                    part.to(),
                    part.connection(),
                    part.to());
        }
        return covered;
    }

    /** @param wider nanoseconds at both ends; those of less than no width are left out */
    private static List<Covered> windows(Transaction tx, String state, long wider) throws SQLException {
        return tx
                .list(
                        "SELECT connection, start_ns, end_ns FROM pull_window WHERE " + state,
                        row -> new Covered(row.getString(1), row.getLong(2) - wider, row.getLong(3) + wider))
                .stream()
                .filter(part -> part.from() < part.to())
                .toList();
    }

    private record Covered(String connection, long from, long to) {}
}
