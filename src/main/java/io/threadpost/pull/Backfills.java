package io.threadpost.pull;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.BackfillWindows.Origin;
import io.threadpost.pull.IntervalSet.Interval;

/**
 * The backfills: intervals that are pulled behind live pulls. What an operator does with one changes the state of its
 * windows; a walker loses its window with the page that it is fetching, which is fetched again later.
 */
@Singleton
public final class Backfills {
    private static final Logger LOG = Logger.getLogger(Backfills.class);
    /** A failure or two pass by themselves. */
    private static final int STALLED_FAILURES = 3;

    private final Ledger ledger;
    private final Windows windows;
    private final BackfillWindows backfillWindows;
    private final BackfillProgress progress;
    private Set<Long> running = new HashSet<>();

    Backfills(Ledger ledger, Windows windows, BackfillWindows backfillWindows, BackfillProgress progress) {
        this.ledger = ledger;
        this.windows = windows;
        this.backfillWindows = backfillWindows;
        this.progress = progress;
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
            long planned = tx.number("SELECT MAX(end_ns) FROM pull_window WHERE connection = ?", connection);
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

    /** @return those with ids below {@code before}, the newest first, up to the limit */
    public List<Backfill> newest(long before, int most) {
        return ledger.read(tx -> progress.list(tx, "WHERE id < ? ORDER BY id DESC LIMIT ?", before, most));
    }

    /** @return those that are paused, or whose window fails again and again; the newest first */
    public List<Backfill> stalled(int most) {
        return ledger.read(tx -> progress.list(
                tx,
                "WHERE state = 'paused' OR state = 'running' AND EXISTS (SELECT 1 FROM pull_window w WHERE w.backfill ="
                        + " b.id AND w.state = 'open' AND w.failures >= ?) ORDER BY id DESC LIMIT ?",
                STALLED_FAILURES,
                most));
    }

    public Optional<Backfill> one(long id) {
        return ledger.read(tx -> progress.list(tx, "WHERE id = ?", id)).stream().findFirst();
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
                Backfill backfill = progress.list(tx, "WHERE id = ?", id).get(0);
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
     * Measures how fast the running backfills are, and logs how far; logs once those that no longer run. Called once a
     * minute, by one thread at a time.
     */
    public void sample() {
        Set<Long> before = running;
        List<Backfill> sampled = ledger.write(tx -> {
            progress.sample(tx);
            return progress.list(tx, "WHERE state = 'running' ORDER BY id");
        });
        sampled.forEach(backfill -> LOG.info(backfill.line()));
        running = sampled.stream().map(Backfill::id).collect(Collectors.toSet());
        before.removeAll(running);
        before.forEach(id -> one(id).ifPresent(backfill -> LOG.info(backfill.line())));
    }

    /**
     * The lease goes with the state: whoever walks the window commits nothing more. Windows are changed before their
     * backfill, as a page's commit does: the other way round they would wait for each other.
     */
    private boolean move(long id, String from, String to, String windowsFrom, String windowsTo) {
        try {
            return ledger.write(tx -> {
                if (!tx.exists("SELECT 1 FROM backfill WHERE id = ? AND state = ?", id, from)) {
                    return false;
                }
                Window.lock(tx, "backfill = ? AND state = ?", id, windowsFrom);
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
}
