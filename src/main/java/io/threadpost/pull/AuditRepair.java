package io.threadpost.pull;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.pull.BackfillWindows.Origin;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.pull.ListedVersions.Listing;
import io.threadpost.pull.VersionBlock.Version;

/**
 * Pulls what an audit found missing, by a backfill. The dedupe keys of everything else around it are stored again
 * first, so that it alone is delivered.
 */
@Singleton
final class AuditRepair {
    /** Ends of intervals are read as belonging to them or not. */
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long MILLI = 1_000_000;

    private final Ledger ledger;
    private final ListedVersions listed;
    private final PageDigests digests;
    private final ThreadVersions versions;
    private final BackfillWindows backfillWindows;
    private final Windows windows;

    AuditRepair(
            Ledger ledger,
            ListedVersions listed,
            PageDigests digests,
            ThreadVersions versions,
            BackfillWindows backfillWindows,
            Windows windows) {
        this.ledger = ledger;
        this.listed = listed;
        this.digests = digests;
        this.versions = versions;
        this.backfillWindows = backfillWindows;
        this.windows = windows;
    }

    /**
     * What is to be pulled again within a month.
     *
     * @param enterprises that were asked for; empty: all
     * @param missing from the first to the last version that is missing
     * @param keys versions in it, and at its ends, that are not to be delivered again
     */
    record Repair(List<String> enterprises, Interval missing, List<Version> keys) {}

    /**
     * @param unknown the versions that are missing
     * @throws IllegalStateException when not all of that time is listed, so that some of it would be delivered again
     */
    Repair plan(String connection, List<String> enterprises, List<Version> unknown, int mostPages) {
        LongSummaryStatistics times =
                unknown.stream().mapToLong(Version::updated).summaryStatistics();
        Interval missing =
                new Interval(times.getMin() - times.getMin() % MILLI, times.getMax() - times.getMax() % MILLI + MILLI);
        Interval around = new Interval(missing.start() - MARGIN_NANOS, missing.end() + MARGIN_NANOS);
        Listing listing = listed.list(connection, around, enterprises, mostPages);
        if (listing.interval() == null) {
            throw new IllegalStateException("threads are missing in covered time from "
                    + UtcNanos.instant(missing.start()) + " to " + UtcNanos.instant(missing.end())
                    + ", but the platform lists too many threads there to pull these alone; audit a shorter interval");
        }
        Set<Version> known = listed.known(connection, listing.versions());
        // What nobody recorded may have been delivered long ago, unless it is missing or still to be pulled. What is
        // not known in recorded time has appeared since it was audited: with a key, no audit would find it.
        IntervalSet open = ledger.read(tx -> CoveredTime.not(tx, connection, around))
                .plus(digests.recorded(connection, around))
                .plus(IntervalSet.of(missing.start(), missing.end()));
        List<Version> keys = listing.versions().stream()
                .filter(version -> known.contains(version) || !open.contains(version.updated()))
                .toList();
        return new Repair(enterprises, missing, keys);
    }

    /**
     * Begins backfills, one for all repairs of the same enterprises.
     *
     * @return the id of the last one
     */
    long begin(String connection, List<Repair> repairs) {
        List<List<String>> scopes =
                repairs.stream().map(Repair::enterprises).distinct().toList();
        long last = ledger.write(tx -> {
            for (Repair repair : repairs) {
                if (!repair.keys().isEmpty()) {
                    versions.commit(tx, connection, repair.keys());
                }
            }
            long id = 0;
            for (List<String> enterprises : scopes) {
                List<Interval> missing = repairs.stream()
                        .filter(repair -> repair.enterprises().equals(enterprises))
                        .map(Repair::missing)
                        .toList();
                Interval whole = new Interval(
                        missing.get(0).start(), missing.get(missing.size() - 1).end());
                id = backfillWindows.begin(tx, connection, Origin.AUDIT, whole, enterprises);
                backfillWindows.add(tx, connection, id, missing);
            }
            return id;
        });
        windows.wake();
        return last;
    }

    /** What earlier audits found there, and an operator cancelled, is found again, or is no longer missing. */
    void forgetCancelled(String connection, List<Interval> compared) {
        ledger.execute(tx -> {
            for (Interval part : compared) {
                tx.update(
                        "UPDATE coverage_audit SET backfill = NULL WHERE backfill IN (SELECT b.id FROM backfill b"
                                + " JOIN pull_window w ON w.backfill = b.id WHERE w.connection = ?"
                                + " AND w.state = 'cancelled' AND w.start_ns >= ? AND w.end_ns <= ?"
                                + " AND b.origin = 'audit')",
                        connection,
                        part.start(),
                        part.end());
                tx.update(
                        "DELETE FROM pull_window WHERE connection = ? AND state = 'cancelled' AND start_ns >= ?"
                                + " AND end_ns <= ? AND backfill IN (SELECT id FROM backfill WHERE origin = 'audit')",
                        connection,
                        part.start(),
                        part.end());
            }
        });
    }

    /** @return where an operator cancelled what audits found */
    List<Interval> cancelled(String connection) {
        return ledger.read(tx -> tx.list(
                "SELECT DISTINCT w.start_ns, w.end_ns FROM pull_window w JOIN backfill b ON b.id = w.backfill"
                        + " WHERE w.connection = ? AND w.state = 'cancelled' AND b.origin = 'audit'",
                CoveredTime::interval,
                connection));
    }
}
