package io.threadpost.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.BackfillWindows.Origin;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.retry.DurationFormat;
import io.threadpost.settings.ConnectorSettings;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * The backfills: intervals that are pulled behind live pulls. What an operator does with one changes the state of its
 * windows; a walker loses its window with the page that it is fetching, which is fetched again later.
 */
@Singleton
public final class Backfills {
    private static final long RATE_MILLIS = 10_000;
    /** What open windows have pulled counts, too: pages come newest first. */
    private static final String COLUMNS =
            "SELECT id, connection, origin, start_ns, end_ns, enterprises, state, planned_ns, drained_ns, pages,"
                    + " threads, requested, finished, sampled, sampled_pages, sampled_threads, pages_rate,"
                    + " threads_rate,"
                    + " (SELECT COUNT(*) FROM pull_window w WHERE w.backfill = b.id AND w.state IN ('open', 'paused')),"
                    + " (SELECT w.error FROM pull_window w WHERE w.backfill = b.id AND w.error IS NOT NULL"
                    + " ORDER BY w.due DESC LIMIT 1)"
                    + " FROM backfill b ";

    private final Ledger ledger;
    private final Windows windows;
    private final BackfillWindows backfillWindows;
    private final int pageSize;
    private final double budget;

    Backfills(Ledger ledger, Windows windows, BackfillWindows backfillWindows, Settings settings) {
        this.ledger = ledger;
        this.windows = windows;
        this.backfillWindows = backfillWindows;
        this.pageSize = settings.get(SettingsCatalogue.PULL_PAGE_SIZE);
        ConnectorSettings connector = settings.connector();
        this.budget =
                1000.0 * connector.limitRequests() / connector.limitWindow().toMillis();
    }

    /**
     * A backfill and how far it is.
     *
     * @param origin operator, pull, gaps or audit
     * @param enterprises whose threads; empty: those of all enterprises that the connection pulls
     * @param state running, paused, cancelled or finished
     * @param share of the time that it has to pull, from 0 to 1; what was covered before does not count
     * @param windows that are not drained
     * @param pages pages committed
     * @param threads new versions committed
     * @param threadsPerSecond over the last minute or less; 0 unless it is running
     * @param expected estimated thread versions that are left, by the density so far; null before anything is known
     * @param remaining until it is finished, by the density and the rate so far, never faster than the budget allows;
     *     null unless it is running and the density is known
     * @param covered whether all of its time was covered before, so that it pulls nothing, of no enterprise
     * @param finished null before
     * @param error the last failure of a window that waits for its next try; null when there is none
     */
    public record Backfill(
            long id,
            String connection,
            String origin,
            Instant from,
            Instant to,
            List<String> enterprises,
            String state,
            double share,
            long windows,
            long pages,
            long threads,
            double threadsPerSecond,
            Long expected,
            Duration remaining,
            boolean covered,
            Instant requested,
            Instant finished,
            String error) {
        /** @return how far it is, in one line */
        public String line() {
            String line = String.format(
                    Locale.ROOT,
                    "backfill %d of %s is %s: %.1f %% of %s to %s, %d threads",
                    id,
                    connection,
                    state,
                    100 * share,
                    from,
                    to,
                    threads);
            if (covered) {
                return line + ", since all of that was pulled before";
            }
            return remaining == null
                    ? line
                    : String.format(
                            Locale.ROOT,
                            "%s, %.0f a second, about %s left",
                            line,
                            threadsPerSecond,
                            DurationFormat.text(remaining));
        }
    }

    /**
     * Plans a backfill.
     *
     * @param to is reduced to the end of what live pulls have planned
     * @param enterprises ids; empty: all that the connection pulls
     * @return empty when there is nothing to pull: the connection was never pulled, or the interval lies in the future
     */
    public Optional<Backfill> request(String connection, Instant from, Instant to, List<String> enterprises) {
        return request(connection, from, to, enterprises, Origin.OPERATOR);
    }

    Optional<Backfill> request(String connection, Instant from, Instant to, List<String> enterprises, Origin origin) {
        Optional<Long> id = ledger.write(tx -> {
            long planned = tx.one(
                            "SELECT MAX(end_ns) FROM pull_window WHERE connection = ?",
                            row -> row.getLong(1),
                            connection)
                    .orElse(0L);
            Interval interval = new Interval(nanos(from), Math.min(nanos(to), planned));
            if (interval.start() >= interval.end()) {
                return Optional.empty();
            }
            long backfill = backfillWindows.begin(tx, connection, origin, interval, enterprises);
            backfillWindows.plan(tx, connection, backfill, interval, enterprises);
            return Optional.of(backfill);
        });
        windows.wake();
        return id.flatMap(this::one);
    }

    /** @return the newest first */
    public List<Backfill> list() {
        return read("ORDER BY id DESC");
    }

    public Optional<Backfill> one(long id) {
        return read("WHERE id = ?", id).stream().findFirst();
    }

    /** @return whether it was running; its windows wait until it is resumed */
    public boolean pause(long id) {
        return move(id, "running", "paused", "open", "paused");
    }

    /** @return whether it was paused */
    public boolean resume(long id) {
        return move(id, "paused", "running", "paused", "open");
    }

    /** @return whether it was running or paused; what it has not drained is a gap */
    public boolean cancel(long id) {
        return move(id, "running", "cancelled", "open", "cancelled")
                || move(id, "paused", "cancelled", "paused", "cancelled");
    }

    /**
     * Plans again what the interval has not covered.
     *
     * @return whether it was cancelled or finished; false for one of an audit
     */
    public boolean again(long id) {
        boolean again = ledger.write(tx -> {
            // The keys around what an audit found are gone by now: only another audit can pull it alone.
            Optional<String> connection = tx.one(
                    "SELECT connection FROM backfill WHERE id = ? AND origin <> 'audit'", row -> row.getString(1), id);
            if (connection.isEmpty()) {
                return false;
            }
            // First of all: who plans otherwise waits for the windows that are deleted here, and this for its lock.
            BackfillWindows.lock(tx, connection.get());
            boolean over = state(tx, id, "cancelled", "running") || state(tx, id, "finished", "running");
            if (over) {
                tx.update("DELETE FROM pull_window WHERE backfill = ? AND state = 'cancelled'", id);
                tx.update("UPDATE backfill SET planned_ns = drained_ns, finished = NULL WHERE id = ?", id);
                Backfill backfill = rows(tx, "WHERE id = ?", id).get(0);
                backfillWindows.plan(
                        tx,
                        backfill.connection(),
                        id,
                        new Interval(UtcNanos.nanos(backfill.from()), UtcNanos.nanos(backfill.to())),
                        backfill.enterprises());
            }
            return over;
        });
        windows.wake();
        return again;
    }

    /**
     * Measures the rates of what is running; called about once a minute.
     *
     * @return the running backfills
     */
    List<Backfill> sample() {
        return ledger.write(tx -> {
            tx.update(
                    "UPDATE backfill SET pages_rate = (pages - sampled_pages) * 1000.0 / (? - sampled),"
                            + " threads_rate = (threads - sampled_threads) * 1000.0 / (? - sampled),"
                            + " sampled_pages = pages, sampled_threads = threads, sampled = ?"
                            + " WHERE state = 'running' AND sampled < ?",
                    tx.now(),
                    tx.now(),
                    tx.now(),
                    tx.now() - RATE_MILLIS);
            return rows(tx, "WHERE state = 'running' ORDER BY id");
        });
    }

    /**
     * The lease goes with the state: whoever walks the window commits nothing more. Windows are changed before their
     * backfill, as a page's commit does: the other way round they would wait for each other.
     */
    private boolean move(long id, String from, String to, String windowsFrom, String windowsTo) {
        try {
            return ledger.write(tx -> {
                if (tx.one("SELECT 1 FROM backfill WHERE id = ? AND state = ?", row -> 1, id, from)
                        .isEmpty()) {
                    return false;
                }
                tx.update(
                        "UPDATE pull_window SET state = ?, lease_owner = NULL, due = 0 WHERE backfill = ?"
                                + " AND state = ?",
                        windowsTo,
                        id,
                        windowsFrom);
                if (!state(tx, id, from, to)) {
                    throw new ChangedMeanwhile();
                }
                return true;
            });
        } catch (ChangedMeanwhile e) {
            return false;
        } finally {
            windows.wake();
        }
    }

    private static boolean state(Transaction tx, long id, String from, String to) throws SQLException {
        return tx.update(
                        "UPDATE backfill SET state = ?, sampled = ?, sampled_pages = pages, sampled_threads = threads,"
                                + " pages_rate = 0, threads_rate = 0 WHERE id = ? AND state = ?",
                        to,
                        tx.now(),
                        id,
                        from)
                == 1;
    }

    /** Somebody else has changed the backfill, so nothing is changed here. */
    private static final class ChangedMeanwhile extends RuntimeException {}

    private static long nanos(Instant instant) {
        return instant.isBefore(Instant.EPOCH) ? 0 : UtcNanos.nanos(instant.truncatedTo(ChronoUnit.MILLIS));
    }

    private List<Backfill> read(String which, Object... parameters) {
        return ledger.read(tx -> rows(tx, which, parameters));
    }

    private List<Backfill> rows(Transaction tx, String which, Object... parameters) throws SQLException {
        long now = tx.now();
        List<Backfill> found = new ArrayList<>();
        for (Row row : tx.list(COLUMNS + which, Row::of, parameters)) {
            long reached = row.state.equals("running") || row.state.equals("paused") ? reached(tx, row.id) : 0;
            found.add(backfill(tx, row, row.drained + reached, now));
        }
        return found;
    }

    /** @return how much of its open windows was pulled, nanoseconds */
    private static long reached(Transaction tx, long id) throws SQLException {
        return tx
                .list(
                        "SELECT start_ns, end_ns, cursor_updated FROM pull_window WHERE backfill = ?"
                                + " AND state IN ('open', 'paused') AND cursor_updated IS NOT NULL",
                        row -> {
                            long end = row.getLong(2);
                            long cursor = UtcNanos.nanos(row.getString(3)).orElse(end);
                            return end - Math.min(end, Math.max(row.getLong(1), cursor));
                        },
                        id)
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private Backfill backfill(Transaction tx, Row row, long pulled, long now) throws SQLException {
        boolean running = row.state.equals("running");
        double seconds = (now - row.sampled) / 1000.0;
        boolean fresh = running && now - row.sampled >= RATE_MILLIS;
        double threadsRate = fresh ? (row.threads - row.sampledThreads) / seconds : row.threadsRate;
        double pagesRate = fresh ? (row.pages - row.sampledPages) / seconds : row.pagesRate;
        long left = Math.max(0, row.planned - pulled);
        // Boxed: mixed with a primitive, a null would be unboxed.
        Double density = pulled > 0 && row.threads > 0
                ? Double.valueOf((double) row.threads / pulled)
                : density(tx, row.connection);
        Long expected =
                row.state.equals("finished") ? Long.valueOf(0) : density == null ? null : Math.round(density * left);
        Duration remaining = null;
        if (running && expected != null) {
            double pages = (double) expected / pageSize + row.windows;
            double rate = pagesRate > 0 ? Math.min(pagesRate, budget) : budget;
            remaining = Duration.ofSeconds(Math.round(pages / rate));
        }
        return new Backfill(
                row.id,
                row.connection,
                row.origin,
                UtcNanos.instant(row.start),
                UtcNanos.instant(row.end),
                row.enterprises == null ? List.of() : List.of(row.enterprises.split(" ")),
                row.state,
                row.planned == 0 ? 1 : (double) Math.min(pulled, row.planned) / row.planned,
                row.windows,
                row.pages,
                row.threads,
                running ? threadsRate : 0,
                expected,
                remaining,
                row.planned == 0 && row.state.equals("finished"),
                Instant.ofEpochMilli(row.requested),
                row.finished == 0 ? null : Instant.ofEpochMilli(row.finished),
                row.error);
    }

    /** @return thread versions a nanosecond in all that was pulled; null before anything was */
    private static Double density(Transaction tx, String connection) throws SQLException {
        return tx.one(
                        "SELECT SUM(threads), SUM(CAST(end_ns - start_ns AS DOUBLE PRECISION)) FROM pull_window"
                                + " WHERE connection = ? AND state = 'closed'",
                        row -> row.getDouble(2) > 0
                                ? Optional.of(row.getLong(1) / row.getDouble(2))
                                : Optional.<Double>empty(),
                        connection)
                .flatMap(density -> density)
                .orElse(null);
    }

    private record Row(
            long id,
            String connection,
            String origin,
            long start,
            long end,
            String enterprises,
            String state,
            long planned,
            long drained,
            long pages,
            long threads,
            long requested,
            long finished,
            long sampled,
            long sampledPages,
            long sampledThreads,
            double pagesRate,
            double threadsRate,
            long windows,
            String error) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getString(6),
                    row.getString(7),
                    row.getLong(8),
                    row.getLong(9),
                    row.getLong(10),
                    row.getLong(11),
                    row.getLong(12),
                    row.getLong(13),
                    row.getLong(14),
                    row.getLong(15),
                    row.getLong(16),
                    row.getDouble(17),
                    row.getDouble(18),
                    row.getLong(19),
                    row.getString(20));
        }
    }
}
