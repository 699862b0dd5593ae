package io.threadpost.pull;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.threadpost.connector.MessageThread;
import io.threadpost.connector.ThreadPage;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.pull.VersionBlock.Version;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Remembers, for longer than dedupe keys are kept, which versions the platform listed when a window was pulled: four
 * bytes for each, new or known. So a drained window answers by itself whether a version was committed by then; one in
 * four thousand million others looks the same.
 *
 * <p>Records age by the platform's time as far as it was planned, not by the clock of this process alone: what a clock
 * that is wrong for a while deleted, no audit could compare when the platform's clock is set back.
 */
@Singleton
final class PageDigests {
    /** Rows a transaction, so that other writers get their turn. */
    private static final int ROWS = 500;
    /** So much longer than their windows are pages kept: an audit that has begun still compares with them. */
    private static final long LONGER_MILLIS = TimeUnit.DAYS.toMillis(1);
    /** Milliseconds since the epoch, like {@link Transaction#now}. */
    private static final String PLANNED =
            "SELECT MAX(planned.end_ns) / 1000000 FROM pull_window planned WHERE planned.connection = ";

    private final Ledger ledger;
    private final long keepMillis;

    PageDigests(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.keepMillis = settings.get(SettingsCatalogue.COVERAGE_AUDIT_KEEP).toMillis();
    }

    /** Records the versions of a page, new and known, with the transaction that commits it. */
    void record(Transaction tx, Window window, List<Version> versions) throws SQLException {
        if (versions.isEmpty()) {
            return;
        }
        if (keepMillis == 0) {
            // Else an audit would miss everything in it, and deliver it again.
            tx.update("UPDATE pull_window SET recorded = FALSE WHERE id = ?", window.id());
            return;
        }
        LongSummaryStatistics times =
                versions.stream().mapToLong(Version::updated).summaryStatistics();
        int[] sorted =
                versions.stream().mapToInt(PageDigests::fingerprint).sorted().toArray();
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * sorted.length);
        bytes.asIntBuffer().put(sorted);
        tx.update(
                "INSERT INTO page_digest (window_id, connection, from_ns, to_ns, committed, fingerprints)"
                        + " VALUES (?, ?, ?, ?, (" + PLANNED + "?), ?)",
                window.id(),
                window.connection(),
                times.getMin(),
                times.getMax(),
                window.connection(),
                bytes.array());
    }

    /** Records that a window is drained, unless a version that did not record pages began it. */
    static void drained(Transaction tx, Window window) throws SQLException {
        tx.update(
                "INSERT INTO drained_window (id, connection, start_ns, end_ns, closed)"
                        + " SELECT id, connection, start_ns, end_ns, (" + PLANNED + "drained.connection)"
                        + " FROM pull_window drained WHERE id = ? AND recorded",
                window.id());
    }

    /** @return the versions of a page that have a usable id and time */
    static List<Version> versions(ThreadPage page) {
        return page.threads().stream()
                .filter(thread -> thread.id() != null && !thread.id().isBlank())
                .flatMap(PageDigests::version)
                .toList();
    }

    private static Stream<Version> version(MessageThread thread) {
        OptionalLong updated = UtcNanos.nanos(thread.updatedUtc());
        return updated.stream().mapToObj(nanos -> new Version(nanos, thread.id()));
    }

    /** @return the time of which it is known what was committed, within the interval */
    IntervalSet recorded(String connection, Interval asked) {
        return ledger.read(tx -> IntervalSet.of(tx.list(
                        "SELECT start_ns, end_ns FROM drained_window WHERE connection = ? AND end_ns > ?"
                                + " AND start_ns < ?",
                        row -> new Interval(row.getLong(1), row.getLong(2)),
                        connection,
                        asked.start(),
                        asked.end())))
                .within(IntervalSet.of(asked.start(), asked.end()));
    }

    /**
     * Only pages of one connection are numbered in the order of commits.
     *
     * @return the number of the connection's newest page; 0 when there is none
     */
    static long newest(Transaction tx, String connection) throws SQLException {
        return tx.number("SELECT MAX(id) FROM page_digest WHERE connection = ?", connection);
    }

    /** @return those of the versions that are recorded */
    Set<Version> known(String connection, Collection<Version> versions) {
        return known(connection, versions, Long.MAX_VALUE);
    }

    /** @return those of the versions that are recorded, in pages up to that number */
    Set<Version> known(String connection, Collection<Version> versions, long upTo) {
        List<Version> byTime = versions.stream()
                .sorted(Comparator.comparingLong(Version::updated))
                .toList();
        Set<Version> known = new HashSet<>();
        for (int from = 0; from < byTime.size(); from += ROWS) {
            known(connection, byTime.subList(from, Math.min(byTime.size(), from + ROWS)), upTo, known);
        }
        return known;
    }

    private void known(String connection, List<Version> versions, long upTo, Set<Version> known) {
        ledger.read(tx -> tx.list(
                "SELECT fingerprints FROM page_digest WHERE connection = ? AND to_ns >= ? AND from_ns <= ?"
                        + " AND id <= ?",
                row -> {
                    byte[] bytes = row.getBytes(1);
                    int[] page = new int[bytes.length / Integer.BYTES];
                    ByteBuffer.wrap(bytes).asIntBuffer().get(page);
                    versions.stream()
                            .filter(version -> Arrays.binarySearch(page, fingerprint(version)) >= 0)
                            .forEach(known::add);
                    return null;
                },
                connection,
                versions.get(0).updated(),
                versions.get(versions.size() - 1).updated(),
                upTo));
    }

    /** FNV-1a over time and id, folded. */
    private static int fingerprint(Version version) {
        long hash = 0xcbf29ce484222325L;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            hash = (hash ^ (version.updated() >>> shift & 0xff)) * 0x100000001b3L;
        }
        for (int i = 0; i < version.id().length(); i++) {
            hash = (hash ^ version.id().charAt(i)) * 0x100000001b3L;
        }
        return (int) (hash ^ hash >>> 32);
    }

    /**
     * Deletes what is older than {@code threadpost.coverage.audit-keep}, both by the platform's time and by the local
     * clock: windows first, and a day later pages that no window needs.
     */
    void purge() {
        purge("drained_window", "closed", keepMillis, "");
        purge(
                "page_digest",
                "committed",
                keepMillis + LONGER_MILLIS,
                " AND NOT EXISTS (SELECT 1 FROM drained_window d WHERE d.id = old.window_id)"
                        + " AND NOT EXISTS (SELECT 1 FROM pull_window w WHERE w.id = old.window_id"
                        + " AND w.state IN ('open', 'paused'))");
    }

    private void purge(String table, String since, long keep, String condition) {
        int gone = ROWS;
        while (gone == ROWS && !Thread.currentThread().isInterrupted()) {
            gone = ledger.write(tx -> tx.update(
                    "DELETE FROM " + table + " WHERE id IN (SELECT old.id FROM " + table + " old WHERE old." + since
                            + " < ? AND old." + since + " < (" + PLANNED + "old.connection) - ?" + condition
                            + " LIMIT " + ROWS + ")",
                    tx.now() - keep,
                    keep));
        }
    }
}
