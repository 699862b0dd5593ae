package io.threadpost.spool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.journey.Arrivals;
import io.threadpost.journey.JourneyRecorder;
import io.threadpost.journey.StoredParcel;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.retry.Backoff;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SpoolSettings;

/** Puts items into the spools, as parcels. */
@Singleton
public final class Spools implements ItemStore {
    private static final Logger LOG = Logger.getLogger(Spools.class);
    /** For each item of a limit, how many may wait for another try. */
    private static final long RETRIES = 100;

    private final Ledger ledger;
    private final Targets targets;
    private final Wakeups wakeups = new Wakeups();
    private final SpoolSettings settings;
    private final Backoff backoff;
    private final JourneyRecorder journeys;
    private final Map<String, Integer> parcelSizes = new ConcurrentHashMap<>();

    Spools(Ledger ledger, Targets targets, Settings settings, JourneyRecorder journeys) {
        this.ledger = ledger;
        this.journeys = journeys;
        this.targets = targets;
        this.settings = settings.spool();
        this.backoff = new Backoff(this.settings.backoff(), this.settings.backoffMax());
    }

    /** Puts items from outside into a spool, in their own transaction: on disk when this returns. */
    @Override
    public void deliver(String spool, List<SpoolItem> items) {
        ledger.execute(tx -> {
            accept(tx, spool, items);
        });
        wakeups.wake(spool);
    }

    /**
     * Puts items from outside into a spool with the caller's transaction; {@link #wake} the drains when it is
     * committed. Their journeys begin here.
     */
    public void accept(Transaction tx, String spool, List<SpoolItem> items) throws SQLException {
        List<StoredParcel> parcels = deliver(tx, spool, items);
        if (!journeys.on() || items.isEmpty()) {
            return;
        }
        Arrivals arrivals = new Arrivals(items.get(0).connection(), 0, 0);
        for (SpoolItem item : items) {
            arrivals.sent(arrivals.add(item.key(), 0, null, null, null), spool, 1);
        }
        arrivals.stored(spool, parcels);
        journeys.record(tx, arrivals);
    }

    /**
     * Puts items into a spool with the caller's transaction; {@link #wake} the drains when it is committed. Those for a
     * {@linkplain Targets target that never was on} are left out.
     *
     * @return the parcels that hold the items in their order; empty when they were left out
     */
    public List<StoredParcel> deliver(Transaction tx, String spool, List<SpoolItem> items) throws SQLException {
        if (!targets.takes(tx, spool)) {
            return List.of();
        }
        List<StoredParcel> parcels = new ArrayList<>(1);
        int most = parcelSizes.getOrDefault(spool, settings.parcel());
        for (int from = 0; from < items.size(); from += most) {
            List<SpoolItem> parcel = items.subList(from, Math.min(items.size(), from + most));
            long id = tx.insert(
                    "INSERT INTO spool_parcel (spool, state, size, created) VALUES (?, 'waiting', ?, ?) RETURNING id",
                    spool,
                    parcel.size(),
                    tx.now());
            content(tx, id, parcel);
            parcels.add(new StoredParcel(id, parcel.size()));
        }
        return parcels;
    }

    /**
     * As {@link #deliver(Transaction, String, List)}, for everything that an {@linkplain ExchangeOutbox#close outbox}
     * held.
     *
     * @return the parcels by spool
     */
    public Map<String, List<StoredParcel>> deliver(Transaction tx, Map<String, List<SpoolItem>> sent)
            throws SQLException {
        Map<String, List<StoredParcel>> parcels = new LinkedHashMap<>();
        for (Map.Entry<String, List<SpoolItem>> entry : sent.entrySet()) {
            parcels.put(entry.getKey(), deliver(tx, entry.getKey(), entry.getValue()));
        }
        return parcels;
    }

    /**
     * Puts a failed item into a spool, as its own parcel.
     *
     * @param error one line for people
     * @param attempts failures that count so far; at the configured number the item is dead
     * @return the id of the parcel
     */
    public long deliverFailed(Transaction tx, String spool, SpoolItem spoolItem, int attempts, String error)
            throws SQLException {
        boolean dead = attempts >= settings.attempts();
        long due = tx.now() + backoff.millis(Math.max(1, attempts));
        return alone(tx, spool, spoolItem, dead ? "dead" : "waiting", attempts, attempts, due, error);
    }

    /** Puts an item into a spool that can never succeed: it is dead at once. */
    public void deliverDead(Transaction tx, String spool, SpoolItem spoolItem, String error) throws SQLException {
        long parcel = storeDead(tx, spool, spoolItem, error);
        if (journeys.on()) {
            Arrivals arrivals = new Arrivals(spoolItem.connection(), 0, 0);
            arrivals.failed(
                    arrivals.add(spoolItem.key(), 0, null, null, null), spool, parcel, tx.redacted(error), null);
            journeys.record(tx, arrivals);
        }
    }

    /**
     * As {@link #deliverDead(Transaction, String, SpoolItem, String)}, for a caller that records the journey.
     *
     * @return the parcel that holds the item
     */
    public long storeDead(Transaction tx, String spool, SpoolItem spoolItem, String error) throws SQLException {
        return alone(tx, spool, spoolItem, "dead", 0, 0, 0, error);
    }

    /**
     * As {@link #deliverDead(Transaction, String, SpoolItem, String)}, in its own transaction: on disk when this
     * returns.
     */
    @Override
    public void deliverDead(String spool, SpoolItem spoolItem, String error) {
        logDead(spool, spoolItem.key(), error);
        ledger.execute(tx -> {
            deliverDead(tx, spool, spoolItem, error);
        });
    }

    /**
     * Tells how much more a spool may take from a source that can wait. Items that wait for another try count a
     * hundredth: those of one connection that is down do not stop the source for the others.
     *
     * @param limit items that were never tried, or are in flight, at most
     * @return items until then; the limit for a spool with a cron, which collects
     */
    public int room(String spool, int limit) {
        return ledger.read(tx -> {
            if (tx.exists("SELECT 1 FROM spool_tick WHERE spool = ?", spool)) {
                return limit;
            }
            long untried = sum(tx, spool, "upto IS NULL AND NOT alone", limit)
                    + sum(tx, spool, "upto IS NOT NULL AND NOT alone", limit);
            long tried = sum(tx, spool, "upto IS NULL AND alone", limit * RETRIES);
            return (int) Math.max(0, Math.min(limit - untried, limit * RETRIES - tried));
        });
    }

    private static long sum(Transaction tx, String spool, String part, long most) throws SQLException {
        return tx.number(
                "SELECT COALESCE(SUM(items), 0) FROM (SELECT size - mark AS items FROM spool_parcel"
                        + " WHERE spool = ? AND state = 'waiting' AND " + part + " LIMIT " + most
                        + ") AS waiting",
                spool);
    }

    /** Logs that an item is dead, once. */
    static void logDead(String spool, String key, String error) {
        LOG.errorf("spool %s: item %s is dead and not retried: %s", spool, key, error);
    }

    /**
     * Makes postponed items of a spool due with the caller's transaction; {@link #wake} the drains when it is
     * committed.
     *
     * @param keys of the items; others, and those in flight, stay as they are
     */
    public void hasten(Transaction tx, String spool, List<String> keys) throws SQLException {
        for (String key : keys) {
            tx.update(
                    "UPDATE spool_parcel SET due = ? WHERE spool = ? AND state = 'waiting' AND upto IS NULL AND alone"
                            + " AND failures = 0 AND due > ? AND item_key = ?",
                    tx.now(),
                    spool,
                    tx.now(),
                    key);
        }
    }

    /** Wakes the drains of these spools after a commit. */
    public void wake(Collection<String> spools) {
        spools.forEach(wakeups::wake);
    }

    /** Overrides the configured limit of items per parcel for one spool. */
    void parcelSize(String spool, int items) {
        parcelSizes.put(spool, items);
    }

    Wakeups wakeups() {
        return wakeups;
    }

    /** @return the new parcel's id */
    static long alone(
            Transaction tx,
            String spool,
            SpoolItem spoolItem,
            String state,
            int attempts,
            int failures,
            long due,
            String error)
            throws SQLException {
        long id = tx.insert(
                "INSERT INTO spool_parcel (spool, state, size, alone, item_key, connection, attempts, failures, "
                        + "failed, due,"
                        + " error, created) VALUES (?, ?, 1, TRUE, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                spool,
                state,
                spoolItem.key(),
                spoolItem.connection(),
                attempts,
                failures,
                tx.now(),
                due,
                tx.redacted(error),
                tx.now());
        content(tx, id, List.of(spoolItem));
        return id;
    }

    private static void content(Transaction tx, long parcel, List<SpoolItem> items) throws SQLException {
        tx.update("INSERT INTO spool_content (parcel, items) VALUES (?, ?)", parcel, ItemCodec.encode(items));
    }

    /** Wakes the drains of a spool within this process when items arrive; other nodes find them by polling. */
    static final class Wakeups {
        private final Map<String, Semaphore> signals = new ConcurrentHashMap<>();

        void wake(String spool) {
            signal(spool).release();
        }

        /** Returns when woken since the last call, or after the time. */
        void await(String spool, long millis) throws InterruptedException {
            Semaphore signal = signal(spool);
            if (signal.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                signal.drainPermits();
            }
        }

        private Semaphore signal(String spool) {
            return signals.computeIfAbsent(spool, name -> new Semaphore(0));
        }
    }
}
