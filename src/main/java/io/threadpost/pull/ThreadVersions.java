package io.threadpost.pull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** Dedupe: which thread versions earlier pages have committed. */
@Singleton
final class ThreadVersions {
    private static final int TIMES = 500;

    private final Ledger ledger;

    ThreadVersions(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A version: when it was updated, nanoseconds since the epoch, and the thread's id. */
    record Version(long updated, String id) {}

    /** @return those of the list that are committed, and perhaps others of the same times */
    Set<Version> known(String connection, List<Version> versions) {
        if (versions.isEmpty()) {
            return Set.of();
        }
        LongSummaryStatistics times =
                versions.stream().mapToLong(Version::updated).summaryStatistics();
        boolean any = ledger.read(tx -> tx.one(
                        "SELECT 1 FROM thread_version WHERE connection = ? AND updated_ns BETWEEN ? AND ? LIMIT 1",
                        row -> 1,
                        connection,
                        times.getMin(),
                        times.getMax())
                .isPresent());
        return any ? among(connection, versions) : Set.of();
    }

    /** @return which of the list are new, by index: those that no other page has committed meanwhile */
    BitSet commit(Transaction tx, String connection, List<Version> versions) throws SQLException {
        List<Object[]> rows = new ArrayList<>(versions.size());
        for (Version version : versions) {
            rows.add(new Object[] {connection, version.updated(), version.id()});
        }
        int[] inserted = tx.batch(
                "INSERT INTO thread_version (connection, updated_ns, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                rows);
        BitSet fresh = new BitSet(inserted.length);
        for (int i = 0; i < inserted.length; i++) {
            fresh.set(i, inserted[i] != 0);
        }
        return fresh;
    }

    /** @return how many versions are known between these times */
    long count(String connection, long from, long to) {
        return ledger.read(tx -> tx.one(
                        "SELECT COUNT(*) FROM thread_version WHERE connection = ? AND updated_ns BETWEEN ? AND ?",
                        row -> row.getLong(1),
                        connection,
                        from,
                        to)
                .orElse(0L));
    }

    private Set<Version> among(String connection, List<Version> versions) {
        // By their own times along the index: the time between the first and the last may hold millions of others.
        List<Long> times = versions.stream().map(Version::updated).toList();
        return ledger.read(tx -> {
            Set<Version> known = new HashSet<>();
            for (int from = 0; from < times.size(); from += TIMES) {
                List<Long> part = times.subList(from, Math.min(times.size(), from + TIMES));
                List<Object> parameters = new ArrayList<>(part);
                parameters.add(0, connection);
                known.addAll(tx.list(
                        "SELECT updated_ns, id FROM thread_version WHERE connection = ? AND updated_ns IN (?"
                                + ", ?".repeat(part.size() - 1) + ")",
                        row -> new Version(row.getLong(1), row.getString(2)),
                        parameters.toArray()));
            }
            return known;
        });
    }
}
