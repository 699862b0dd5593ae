package io.threadpost.pull;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Deletes dedupe keys that no window can meet again: those whose time is covered by at least the lookback, and five
 * seconds, on both sides, without an open window over it.
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
        List<Covered> covered = tx
                .list(
                        "SELECT connection, start_ns, end_ns FROM pull_window c WHERE state = 'closed' AND NOT EXISTS"
                                + " (SELECT 1 FROM pull_window o WHERE o.connection = c.connection"
                                + " AND o.state IN ('open', 'paused')"
                                + " AND o.start_ns < c.end_ns - ? AND o.end_ns > c.start_ns + ?)",
                        row -> new Covered(row.getString(1), row.getLong(2) + margin, row.getLong(3) - margin),
                        margin,
                        margin)
                .stream()
                .filter(part -> part.from() < part.to())
                .toList();
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

    private record Covered(String connection, long from, long to) {}
}
