package io.threadpost.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.Priority;
import io.threadpost.connector.ThreadPage;
import io.threadpost.ledger.Ledger;
import io.threadpost.pull.BackfillWindows.Origin;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.pull.VersionBlock.Version;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Reads covered time again and compares what the platform lists with what was committed. A thread that was updated
 * since is listed under its new time, so an audit finds what is missing, not what is gone. What is missing is pulled by
 * a backfill; the dedupe keys of everything else around it are stored again first, so that it alone is delivered.
 */
@Singleton
public final class CoverageAudit {
    private static final Logger LOG = Logger.getLogger(CoverageAudit.class);
    /** An audit takes this part of the time around a random window. */
    private static final long WIDTH_NANOS = TimeUnit.HOURS.toNanos(1);
    /** Ends of intervals are read as belonging to them or not. */
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long MILLI = 1_000_000;
    private static final int MOST_PAGES = 50;
    private static final long SHOWN_MILLIS = TimeUnit.DAYS.toMillis(7);

    private final Ledger ledger;
    private final PlatformClient platform;
    private final PageDigests digests;
    private final ThreadVersions versions;
    private final Backfills backfills;
    private final BackfillWindows backfillWindows;
    private final Windows windows;
    private final Coverage coverage;
    private final long lookback;
    private final int pageSize;
    private final MeterRegistry meters;

    CoverageAudit(
            Ledger ledger,
            PlatformClient platform,
            PageDigests digests,
            ThreadVersions versions,
            Backfills backfills,
            BackfillWindows backfillWindows,
            Windows windows,
            Coverage coverage,
            Settings settings,
            MeterRegistry meters) {
        this.ledger = ledger;
        this.platform = platform;
        this.digests = digests;
        this.versions = versions;
        this.backfills = backfills;
        this.backfillWindows = backfillWindows;
        this.windows = windows;
        this.coverage = coverage;
        this.lookback = Math.max(
                MARGIN_NANOS, settings.get(SettingsCatalogue.PULL_LOOKBACK).toNanos());
        this.pageSize = settings.get(SettingsCatalogue.PULL_PAGE_SIZE);
        this.meters = meters;
        settings.connections().forEach(connection -> {
            counter("threadpost.coverage.audited", connection.name());
            counter("threadpost.coverage.missing", connection.name());
        });
    }

    /**
     * The result of an audit.
     *
     * @param compared how much time was compared; less than was asked for where pages are not recorded
     * @param whole whether all of it was compared
     * @param listed threads that the platform listed
     * @param missing of these, threads that were never committed
     * @param backfill pulls what is missing; null when nothing is
     */
    public record Result(
            String connection,
            Instant from,
            Instant to,
            Instant audited,
            Duration compared,
            boolean whole,
            long listed,
            long missing,
            Backfills.Backfill backfill) {
        /** @return the answer in one line */
        public String line() {
            String part = whole ? "" : " in the part that can be compared, " + compared.toSeconds() + " s";
            if (compared.isZero()) {
                return "unknown: what was pulled from " + from + " to " + to
                        + " is not recorded, or no longer (threadpost.coverage.audit-keep)";
            }
            return missing == 0
                    ? "complete: each of the " + listed + " threads that the platform lists from " + from + " to " + to
                            + part + " was pulled"
                    : "incomplete: " + missing + " of the " + listed + " threads that the platform lists from " + from
                            + " to " + to + part + " were missing; backfill " + backfill.id() + " pulls them";
        }
    }

    /**
     * Audits an hour around a random drained window.
     *
     * @return empty when no window of the connection is recorded
     * @throws io.threadpost.connector.ConnectorException when the platform does not answer
     */
    public Optional<Result> auditAny(String connection) {
        return auditAny(connection, ThreadLocalRandom.current());
    }

    Optional<Result> auditAny(String connection, Random random) {
        Optional<Interval> any = ledger.read(tx -> {
            int windows = tx.one(
                            "SELECT COUNT(*) FROM drained_window WHERE connection = ?",
                            row -> row.getInt(1),
                            connection)
                    .orElse(0);
            return windows == 0
                    ? Optional.empty()
                    : tx.one(
                            "SELECT start_ns, end_ns FROM drained_window WHERE connection = ? ORDER BY id LIMIT 1"
                                    + " OFFSET " + random.nextInt(windows),
                            CoverageAudit::interval,
                            connection);
        });
        return any.map(window -> {
            long middle = window.start() + (long) (random.nextDouble() * (window.end() - window.start()));
            return audit(connection, new Interval(middle - WIDTH_NANOS / 2, middle + WIDTH_NANOS / 2));
        });
    }

    /**
     * Audits an interval, at most 50 pages of each part of it that is recorded.
     *
     * @throws io.threadpost.connector.ConnectorException when the platform does not answer
     */
    public Result audit(String connection, Instant from, Instant to) {
        return audit(connection, new Interval(UtcNanos.nanos(from), UtcNanos.nanos(to)));
    }

    private Result audit(String connection, Interval asked) {
        // What appears late near the present is found by the pull itself.
        long until = coverage.pulledUntil(connection).map(UtcNanos::nanos).orElse(0L) - lookback;
        IntervalSet recorded = digests.recorded(connection, asked).within(IntervalSet.of(0, Math.max(0, until)));
        List<Interval> compared = new ArrayList<>();
        List<Repair> repairs = new ArrayList<>();
        long listed = 0;
        long lost = 0;
        for (Interval part : recorded.intervals()) {
            for (Interval month : BackfillWindows.months(part.start(), part.end())) {
                Listing listing = list(connection, month, MOST_PAGES);
                Set<Version> known = known(connection, listing.versions());
                List<Version> unknown = listing.versions().stream()
                        .filter(version -> !known.contains(version))
                        .toList();
                if (!unknown.isEmpty()) {
                    repairs.add(repair(connection, unknown));
                }
                listed += listing.versions().size();
                lost += unknown.size();
                compared.add(listing.drained() ? month : new Interval(listing.oldest(month.end()), month.end()));
            }
        }
        Backfills.Backfill repair = repairs.isEmpty() ? null : begin(connection, repairs);
        forgetCancelled(connection, compared);
        long width = IntervalSet.of(compared).width();
        Result result = new Result(
                connection,
                UtcNanos.instant(asked.start()),
                UtcNanos.instant(asked.end()),
                Instant.now(),
                Duration.ofNanos(width),
                width == asked.end() - asked.start(),
                listed,
                lost,
                repair);
        store(result);
        return result;
    }

    /**
     * What the platform lists.
     *
     * @param drained false when there was more
     */
    private record Listing(Set<Version> versions, boolean drained) {
        /** @return the time of the last version, since pages come newest first */
        long oldest(long none) {
            return versions.stream().mapToLong(Version::updated).min().orElse(none);
        }
    }

    private Listing list(String connection, Interval interval, int mostPages) {
        Window window = new Window(
                0, connection, false, null, List.of(), interval.start(), interval.end(), null, null, 0, 0, 0, 0, 0);
        Set<Version> listed = new HashSet<>();
        Set<String> cursors = new HashSet<>();
        String cursor = null;
        String cursorUpdated = null;
        for (int page = 0; page < mostPages; page++) {
            ThreadPage answer = platform.getThreads(connection, Priority.BACKFILL, window.request(cursor, pageSize));
            PageDigests.versions(answer).stream()
                    .filter(version -> interval.start() <= version.updated() && version.updated() < interval.end())
                    .forEach(listed::add);
            if (answer.isEmpty() && cursor != null && !answer.isLast()) {
                // Only the end if the cursor's thread is unchanged, as in a walk.
                ThreadPage now = platform.getThreads(connection, Priority.BACKFILL, Window.requestOne(cursor));
                return new Listing(listed, Objects.equals(cursorUpdated, WindowWalk.updated(now, cursor)));
            }
            cursor = answer.cursor();
            if (cursor == null || answer.size() < pageSize) {
                return new Listing(listed, true);
            }
            cursorUpdated = WindowWalk.updated(answer, cursor);
            if (!cursors.add(cursor)) {
                return new Listing(listed, false);
            }
        }
        return new Listing(listed, false);
    }

    private Set<Version> known(String connection, Set<Version> listed) {
        List<Version> all = List.copyOf(listed);
        Set<Version> known = new HashSet<>(digests.known(connection, all));
        known.addAll(versions.known(connection, all));
        return known;
    }

    /**
     * What is to be pulled again within a month.
     *
     * @param missing from the first to the last version that is missing
     * @param keys versions in it, and at its ends, that are not to be delivered again
     */
    private record Repair(Interval missing, List<Version> keys) {}

    /**
     * @throws IllegalStateException when not all of that time is listed, so that some of it would be delivered again
     */
    private Repair repair(String connection, List<Version> unknown) {
        LongSummaryStatistics times =
                unknown.stream().mapToLong(Version::updated).summaryStatistics();
        Interval missing =
                new Interval(times.getMin() - times.getMin() % MILLI, times.getMax() - times.getMax() % MILLI + MILLI);
        Interval around = new Interval(missing.start() - MARGIN_NANOS, missing.end() + MARGIN_NANOS);
        Listing listing = list(connection, around, 2 * MOST_PAGES);
        if (!listing.drained()) {
            throw new IllegalStateException("threads are missing in covered time from "
                    + UtcNanos.instant(missing.start()) + " to " + UtcNanos.instant(missing.end())
                    + ", but the platform lists too many threads there to pull these alone; audit a shorter interval");
        }
        Set<Version> known = known(connection, listing.versions());
        // Outside of what is missing nothing is to be delivered, known or not, but for time that is still to be pulled.
        List<Interval> gaps =
                coverage
                        .of(connection, UtcNanos.instant(around.start()), UtcNanos.instant(around.end()))
                        .gaps()
                        .stream()
                        .map(gap -> new Interval(UtcNanos.nanos(gap.from()), UtcNanos.nanos(gap.to())))
                        .toList();
        List<Version> keys = listing.versions().stream()
                .filter(version -> known.contains(version)
                        || !within(missing, version) && gaps.stream().noneMatch(gap -> within(gap, version)))
                .toList();
        return new Repair(missing, keys);
    }

    /** What earlier audits found there, and an operator cancelled, is found again, or is no longer missing. */
    private void forgetCancelled(String connection, List<Interval> compared) {
        ledger.write(tx -> {
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
            return null;
        });
    }

    private static boolean within(Interval interval, Version version) {
        return interval.start() <= version.updated() && version.updated() < interval.end();
    }

    private Backfills.Backfill begin(String connection, List<Repair> repairs) {
        List<Interval> missing = repairs.stream().map(Repair::missing).toList();
        long backfill = ledger.write(tx -> {
            for (Repair repair : repairs) {
                if (!repair.keys().isEmpty()) {
                    versions.commit(tx, connection, repair.keys());
                }
            }
            Interval whole = new Interval(
                    missing.get(0).start(), missing.get(missing.size() - 1).end());
            long id = backfillWindows.begin(tx, connection, Origin.AUDIT, whole, List.of());
            backfillWindows.add(tx, connection, id, missing);
            return id;
        });
        windows.wake();
        return backfills.one(backfill).orElseThrow();
    }

    private void store(Result result) {
        counter("threadpost.coverage.audited", result.connection()).increment(result.listed());
        counter("threadpost.coverage.missing", result.connection()).increment(result.missing());
        if (result.missing() > 0) {
            LOG.errorf("%s: audit: %s", result.connection(), result.line());
        } else {
            LOG.debugf("%s: audit: %s", result.connection(), result.line());
        }
        if (result.compared().isZero()) {
            return;
        }
        ledger.write(tx -> {
            tx.update("DELETE FROM coverage_audit WHERE audited < ?", tx.now() - SHOWN_MILLIS);
            return tx.update(
                    "INSERT INTO coverage_audit (connection, start_ns, end_ns, audited, listed, missing, backfill)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    result.connection(),
                    UtcNanos.nanos(result.from()),
                    UtcNanos.nanos(result.to()),
                    tx.now(),
                    result.listed(),
                    result.missing(),
                    result.backfill() == null ? null : result.backfill().id());
        });
    }

    /**
     * The audits of the last week.
     *
     * @param audits how many there were
     * @param last null when there was none
     * @param missing threads that were missing
     * @param repairing whether some of these are not pulled yet
     */
    public record Status(String connection, long audits, Instant last, long missing, boolean repairing) {}

    public Status status(String connection) {
        return ledger.read(tx -> tx.one(
                        "SELECT COUNT(*), MAX(audited), COALESCE(SUM(missing), 0), COALESCE(SUM(CASE WHEN backfill IN"
                                + " (SELECT id FROM backfill WHERE state <> 'finished') THEN 1 ELSE 0 END), 0)"
                                + " FROM coverage_audit WHERE connection = ? AND audited >= ?",
                        row -> new Status(
                                connection,
                                row.getLong(1),
                                row.getLong(2) == 0 ? null : Instant.ofEpochMilli(row.getLong(2)),
                                row.getLong(3),
                                row.getLong(4) > 0),
                        connection,
                        tx.now() - SHOWN_MILLIS))
                .orElseThrow();
    }

    /** Forgets what is older than {@code threadpost.coverage.audit-keep}. */
    public void purge() {
        digests.purge();
    }

    private static Interval interval(ResultSet row) throws SQLException {
        return new Interval(row.getLong(1), row.getLong(2));
    }

    private Counter counter(String name, String connection) {
        return Counter.builder(name)
                .description(
                        name.endsWith("missing")
                                ? "Threads that an audit found missing in covered time"
                                : "Threads of covered time that audits compared")
                .tag("connection", connection)
                .register(meters);
    }
}
