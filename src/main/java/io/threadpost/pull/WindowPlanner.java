package io.threadpost.pull;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.Priority;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Cuts time into windows up to the platform's present, at each tick of the timer. It extends the newest window if no
 * walker has begun it, and otherwise adds one that begins earlier by the lookback. The very first pull begins at the
 * configured start; what is older than a month is a backfill.
 */
@Singleton
final class WindowPlanner {
    private static final long LEAST_SET_BACK_NANOS = 60_000_000_000L;
    /** Also the local clock may have been set meanwhile. */
    private static final long LONGEST_UNNOTICED_MILLIS = TimeUnit.DAYS.toMillis(1);

    private final Ledger ledger;
    private final Windows windows;
    private final BackfillWindows backfillWindows;
    private final EnterpriseHistory enterprises;
    private final PlatformClient platform;
    private final Settings settings;

    WindowPlanner(
            Ledger ledger,
            Windows windows,
            BackfillWindows backfillWindows,
            EnterpriseHistory enterprises,
            PlatformClient platform,
            Settings settings) {
        this.ledger = ledger;
        this.windows = windows;
        this.backfillWindows = backfillWindows;
        this.enterprises = enterprises;
        this.platform = platform;
        this.settings = settings;
    }

    /**
     * Plans up to the platform's present. A window must not end ahead of the platform's time, or what is updated
     * afterwards would fall into time that counts as covered.
     *
     * @throws io.threadpost.connector.ConnectorException when this process does not know the time yet and the platform
     *     does not answer
     * @throws IllegalStateException while the platform's clock, which was set back, has not caught up
     */
    void plan(String connection) {
        Instant now = platform.now(connection, Priority.LIVE, null);
        // After the local clock was set, that is earlier than what the platform says.
        Instant latest = platform.latest(connection, Priority.LIVE, null);
        Optional<Instant> ahead = ledger.write(tx -> {
            plan(tx, connection, now, settled(now));
            return repeated(tx, connection, settled(latest));
        });
        enterprises.compared(connection);
        windows.wake();
        if (ahead.isPresent()) {
            String meanwhile =
                    settings.get(SettingsCatalogue.COVERAGE_AUDIT_KEEP).isZero()
                            ? "what changes meanwhile is not pulled, since threadpost.coverage.audit-keep is 0s"
                            : "audits pull what changes meanwhile";
            throw new IllegalStateException("the platform's clock was set back to " + latest + ": until it is "
                    + ahead.get() + " again nothing is planned, and " + meanwhile);
        }
    }

    /** @return until when no thread appears late, nanoseconds */
    private long settled(Instant time) {
        return UtcNanos.nanos(
                time.minus(settings.get(SettingsCatalogue.PULL_SETTLE)).truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * Threads may change again in time that is covered, until the platform's clock comes to its end.
     *
     * @return the end of what was planned, if the platform's time is before it by more than windows look back
     */
    private Optional<Instant> repeated(Transaction tx, String connection, long end) throws SQLException {
        long planned = tx.number("SELECT MAX(end_ns) FROM pull_window WHERE connection = ?", connection);
        long margin = Math.max(
                LEAST_SET_BACK_NANOS,
                settings.get(SettingsCatalogue.PULL_LOOKBACK).toNanos());
        if (end >= planned - margin) {
            return Optional.empty();
        }
        // The clock was set back some time after a window was drained last, and threads changed since, too.
        long drained = tx.number("SELECT MAX(closed) FROM pull_window WHERE connection = ?", connection);
        long since = Math.max(0, Math.min(LONGEST_UNNOTICED_MILLIS, tx.now() - drained));
        long from = end - margin - TimeUnit.MILLISECONDS.toNanos(since);
        tx.update(
                "UPDATE pull_connection SET repeated_to_ns = ?, repeated_from_ns ="
                        + " CASE WHEN repeated_from_ns < ? THEN repeated_from_ns ELSE ? END WHERE connection = ?",
                planned,
                from,
                from,
                connection);
        return Optional.of(UtcNanos.instant(planned));
    }

    private void plan(Transaction tx, String connection, Instant now, long end) throws SQLException {
        BackfillWindows.lock(tx, connection);
        Optional<Newest> newest = tx.one(
                "SELECT id, start_ns, end_ns, CASE WHEN state = 'open' AND kind = 'live' AND lease_owner IS NULL"
                        + " AND pages = 0 AND resume_cursor IS NULL THEN 1 ELSE 0 END FROM pull_window"
                        + " WHERE connection = ? ORDER BY end_ns DESC, start_ns DESC LIMIT 1",
                row -> new Newest(row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4) == 1),
                connection);
        long planned = newest.map(Newest::end).orElse(0L);
        enterprises.compare(tx, connection, planned, lookback(tx, connection, planned));
        if (newest.isEmpty()) {
            first(tx, connection, now, end);
        } else if (newest.get().end() >= end) {
            return;
        } else if (newest.get().untouched()
                && end <= BackfillWindows.monthAfter(newest.get().start())) {
            tx.update(
                    "UPDATE pull_window SET end_ns = ? WHERE id = ? AND lease_owner IS NULL",
                    end,
                    newest.get().id());
        } else {
            slice(tx, connection, lookback(tx, connection, newest.get().end()), end);
        }
    }

    private void first(Transaction tx, String connection, Instant now, long end) throws SQLException {
        Instant from = settings.get(SettingsCatalogue.PULL_START).from(now).truncatedTo(ChronoUnit.MILLIS);
        // Nothing of a hotel's mail is older, and nanoseconds do not reach back for ever.
        long start = from.isBefore(Instant.EPOCH) ? 0 : UtcNanos.nanos(from);
        if (start >= end) {
            return;
        }
        tx.update(
                "INSERT INTO pull_connection (connection, keys_from_ns) VALUES (?, ?)"
                        + " ON CONFLICT (connection) DO UPDATE SET keys_from_ns = excluded.keys_from_ns",
                connection,
                start);
        slice(tx, connection, start, end);
    }

    /** Looks back no further than dedupe keys reach. */
    private long lookback(Transaction tx, String connection, long end) throws SQLException {
        long complete = tx.one(
                        "SELECT keys_from_ns FROM pull_connection WHERE connection = ?",
                        row -> row.getLong(1),
                        connection)
                .orElse(end);
        return Math.min(
                end,
                Math.max(end - settings.get(SettingsCatalogue.PULL_LOOKBACK).toNanos(), complete));
    }

    /** At most a month each: the newest is a live window, those before it are a backfill. */
    private void slice(Transaction tx, String connection, long start, long end) throws SQLException {
        List<Interval> months = BackfillWindows.months(start, end);
        Interval newest = months.get(months.size() - 1);
        windows.insert(tx, connection, true, newest.start(), newest.end(), null);
        if (months.size() > 1) {
            long backfill = backfillWindows.begin(
                    tx, connection, BackfillWindows.Origin.PULL, new Interval(start, newest.start()), List.of());
            backfillWindows.add(tx, connection, backfill, months.subList(0, months.size() - 1));
        }
    }

    private record Newest(long id, long start, long end, boolean untouched) {}
}
