package io.threadpost.pull;

import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Transaction;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Cuts the interval of a backfill into windows. Time that is covered, or that other windows are going to cover, is left
 * out: its dedupe keys may be deleted, so pulling it again would deliver it again.
 */
@Singleton
final class BackfillWindows {
    /** A window costs a request even when it is empty. */
    private static final long SHORTEST_NANOS = TimeUnit.HOURS.toNanos(1);
    /** Windows for each walker, so that one full of threads does not leave the other walkers idle. */
    private static final int WINDOWS_PER_WALKER = 3;

    private static final long MILLI = 1_000_000;

    private final Windows windows;
    private final int walkers;

    BackfillWindows(Windows windows, Settings settings) {
        this.windows = windows;
        this.walkers = settings.get(SettingsCatalogue.PULL_BACKFILL_WALKERS);
    }

    /** Why there is a backfill. */
    enum Origin {
        /** An operator asked for it. */
        OPERATOR,
        /** The pull has more than a month to catch up: at its start, or after a long stop. */
        PULL,
        /** Gaps of covered time are filled. */
        GAPS,
        /** An audit found threads that are missing. */
        AUDIT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @return the id of a new backfill, which has no windows yet */
    long begin(Transaction tx, String connection, Origin origin, Interval interval, List<String> enterprises)
            throws SQLException {
        return tx.insert(
                "INSERT INTO backfill (connection, origin, start_ns, end_ns, enterprises, state, requested, sampled)"
                        + " VALUES (?, ?, ?, ?, ?, 'running', ?, ?) RETURNING id",
                connection,
                origin.word(),
                interval.start(),
                interval.end(),
                enterprises.isEmpty() ? null : String.join(" ", enterprises),
                tx.now(),
                tx.now());
    }

    /**
     * Adds windows for what is neither covered nor planned; without any, the backfill is finished.
     *
     * @return the width of the new windows in nanoseconds
     */
    long plan(Transaction tx, String connection, long backfill, Interval interval, List<String> enterprises)
            throws SQLException {
        lock(tx, connection);
        if (enterprises.isEmpty()) {
            forgetCancelled(tx, connection, interval, "b.enterprises IS NULL");
        } else {
            forgetCancelled(tx, connection, interval, "b.enterprises = ?", String.join(" ", enterprises));
        }
        IntervalSet left =
                IntervalSet.of(interval.start(), interval.end()).minus(taken(tx, connection, interval, enterprises));
        add(tx, connection, backfill, cut(left));
        if (left.isEmpty()) {
            tx.update("UPDATE backfill SET state = 'finished', finished = ? WHERE id = ?", tx.now(), backfill);
        }
        return left.width();
    }

    void add(Transaction tx, String connection, long backfill, List<Interval> intervals) throws SQLException {
        for (Interval one : intervals) {
            windows.insert(tx, connection, false, one.start(), one.end(), backfill);
        }
        tx.update(
                "UPDATE backfill SET planned_ns = planned_ns + ? WHERE id = ?",
                IntervalSet.of(intervals).width(),
                backfill);
    }

    /** Two nodes that plan at once would both plan the same time. */
    static void lock(Transaction tx, String connection) throws SQLException {
        if (tx.dialect().shared()) {
            tx.one("SELECT pg_advisory_xact_lock(hashtext(?))", row -> true, "backfill " + connection);
        }
    }

    /** Their time is planned anew; not that of audits, which is covered and so left out. */
    private static void forgetCancelled(
            Transaction tx, String connection, Interval interval, String enterprises, Object... parameters)
            throws SQLException {
        List<Object> all = new ArrayList<>(List.of(connection, interval.start(), interval.end()));
        all.addAll(List.of(parameters));
        tx.update(
                "DELETE FROM pull_window WHERE connection = ? AND state = 'cancelled' AND start_ns >= ? AND end_ns <= ?"
                        + " AND backfill IN (SELECT b.id FROM backfill b WHERE b.origin <> 'audit' AND " + enterprises
                        + ")",
                all.toArray());
    }

    /** Time that is covered is not for enterprises that were added later. */
    private static IntervalSet taken(Transaction tx, String connection, Interval interval, List<String> enterprises)
            throws SQLException {
        IntervalSet open = windows(tx, connection, "'open', 'paused'", enterprises);
        IntervalSet closed = windows(tx, connection, "'closed'", enterprises);
        return enterprises.isEmpty()
                ? open.plus(closed)
                : open.plus(closed.minus(EnterpriseHistory.gaps(tx, connection, enterprises, interval)));
    }

    private static IntervalSet windows(Transaction tx, String connection, String states, List<String> enterprises)
            throws SQLException {
        return IntervalSet.of(tx.list(
                "SELECT w.start_ns, w.end_ns FROM pull_window w LEFT JOIN backfill b ON b.id = w.backfill"
                        + " WHERE w.connection = ? AND w.state IN (" + states + ")"
                        + " AND (b.enterprises IS NULL OR b.enterprises = ?)",
                CoveredTime::interval,
                connection,
                String.join(" ", enterprises)));
    }

    private List<Interval> cut(IntervalSet left) {
        long piece = Math.max(SHORTEST_NANOS, left.width() / ((long) walkers * WINDOWS_PER_WALKER));
        piece -= piece % MILLI;
        List<Interval> windows = new ArrayList<>();
        for (Interval gap : left.intervals()) {
            for (Interval month : months(gap.start(), gap.end())) {
                for (long from = month.start(); from < month.end(); ) {
                    // The rest goes with the last piece.
                    long to = from + 2 * piece > month.end() ? month.end() : from + piece;
                    windows.add(new Interval(from, to));
                    from = to;
                }
            }
        }
        return windows;
    }

    /** @return the interval in parts of at most a calendar month: the platform allows three, and less is lighter */
    static List<Interval> months(long start, long end) {
        List<Interval> months = new ArrayList<>();
        for (long from = start; from < end; ) {
            long to = Math.min(end, monthAfter(from));
            months.add(new Interval(from, to));
            from = to;
        }
        return months;
    }

    static long monthAfter(long nanos) {
        return UtcNanos.nanos(
                UtcNanos.instant(nanos).atZone(ZoneOffset.UTC).plusMonths(1).toInstant());
    }
}
