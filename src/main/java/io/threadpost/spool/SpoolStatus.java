package io.threadpost.spool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/**
 * The state of each spool, for health and metrics. The cost of a query grows with waiting items, not with finished
 * ones.
 */
@Singleton
public final class SpoolStatus {
    /** One query for each partial index, so that finished parcels are not scanned and nothing is sorted. */
    private static final String WAITING = Stream.of(
                    "upto IS NULL AND NOT alone", "upto IS NULL AND alone", "upto IS NOT NULL")
            .map(part -> "SELECT spool, SUM(size - mark), MIN(created) FROM spool_parcel WHERE state = 'waiting' AND "
                    + part + " GROUP BY spool")
            .collect(Collectors.joining(" UNION ALL "));

    private static final String RETRIED =
            " FROM spool_parcel WHERE state = 'waiting' AND upto IS NULL AND alone AND failures >= ?";

    private final Ledger ledger;
    private final SpoolDrains spoolDrains;
    private final Targets targets;
    private final int attempts;

    SpoolStatus(Ledger ledger, SpoolDrains spoolDrains, Targets targets, Batches batches) {
        this.targets = targets;
        this.ledger = ledger;
        this.spoolDrains = spoolDrains;
        this.attempts = batches.attempts();
    }

    /**
     * The state of a spool.
     *
     * @param items items waiting or in flight, without dead ones
     * @param oldestMillis age of the oldest of them; 0 when there is none
     * @param dead dead items
     * @param retried items that fail again and again; null when there is none
     * @param pause why nothing is handed out; null when its target is not known to be down
     * @param hold why an operator holds the spool; null when it is not held
     * @param drains consumer routes running in this process
     * @param idleMillis how long this process has settled no item of it
     * @param standing whether its target is on
     * @param times when it is open; null when it has no cron
     */
    public record Spool(
            String name,
            long items,
            long oldestMillis,
            long dead,
            Retried retried,
            Pause pause,
            Hold hold,
            int drains,
            long idleMillis,
            Targets.Standing standing,
            Times times) {}

    /**
     * Items that failed {@code threadpost.spool.attempts} times or more and are still retried, since the target answers
     * in a way that uses up no attempts.
     *
     * @param items how many
     * @param key the item key of the oldest
     * @param failures how often the oldest failed
     * @param reason its last error, one line for people
     */
    public record Retried(long items, String key, int failures, String reason) {}

    /**
     * The opening times of a spool with a cron.
     *
     * @param next when it opens next, milliseconds since the epoch
     * @param openMillis for how long it has been open; 0 while it is closed
     */
    public record Times(long next, long openMillis) {}

    /**
     * A target that is down.
     *
     * @param since when the first try failed, milliseconds since the epoch
     * @param until when the next try is due, milliseconds since the epoch
     * @param reason one line for people
     */
    public record Pause(long since, long until, String reason) {}

    /**
     * A hold of a spool by an operator.
     *
     * @param since milliseconds since the epoch
     * @param reason one line, as the operator wrote it
     */
    public record Hold(long since, String reason) {}

    /** @return every spool that holds items, is paused or held, or has or had a consumer here, by name */
    public List<Spool> spools() {
        return ledger.read(this::read);
    }

    /** @return whether no item of that spool waits */
    public boolean isEmpty(String name) {
        return spools().stream().noneMatch(spool -> spool.name().equals(name) && spool.items() > 0);
    }

    private List<Spool> read(Transaction tx) throws SQLException {
        Map<String, Waiting> waiting = waiting(tx);
        Map<String, Long> dead = new HashMap<>();
        tx.list(
                "SELECT spool, COUNT(*) FROM spool_parcel WHERE state = 'dead' GROUP BY spool",
                row -> dead.put(row.getString(1), row.getLong(2)));
        Map<String, Retried> retried = retried(tx);
        Map<String, Pause> pauses = new HashMap<>();
        tx.list(
                "SELECT spool, since, until, reason FROM spool_pause",
                row -> pauses.put(row.getString(1), new Pause(row.getLong(2), row.getLong(3), row.getString(4))));
        Map<String, Hold> holds = new HashMap<>();
        tx.list(
                "SELECT spool, since, reason FROM spool_hold",
                row -> holds.put(row.getString(1), new Hold(row.getLong(2), row.getString(3))));
        TreeSet<String> names = new TreeSet<>(spoolDrains.spools());
        names.addAll(waiting.keySet());
        names.addAll(dead.keySet());
        names.addAll(pauses.keySet());
        names.addAll(holds.keySet());
        List<Spool> spools = new ArrayList<>();
        for (String name : names) {
            Waiting items = waiting.get(name);
            spools.add(new Spool(
                    name,
                    items == null ? 0 : items.items(),
                    items == null ? 0 : Math.max(0, tx.now() - items.oldest()),
                    dead.getOrDefault(name, 0L),
                    retried.get(name),
                    pauses.get(name),
                    holds.get(name),
                    spoolDrains.running(name),
                    spoolDrains.idleMillis(name),
                    targets.standing(tx, name),
                    spoolDrains.limited(name) ? times(tx, name) : null));
        }
        return spools;
    }

    private Map<String, Retried> retried(Transaction tx) throws SQLException {
        Map<String, Retried> retried = new HashMap<>();
        List<Map.Entry<String, Long>> counts = tx.list(
                "SELECT spool, COUNT(*)" + RETRIED + " GROUP BY spool",
                row -> Map.entry(row.getString(1), row.getLong(2)),
                attempts);
        for (Map.Entry<String, Long> count : counts) {
            tx.one(
                            "SELECT item_key, failures, error" + RETRIED
                                    + " AND spool = ? ORDER BY created, id LIMIT 1",
                            row -> new Retried(count.getValue(), row.getString(1), row.getInt(2), row.getString(3)),
                            attempts,
                            count.getKey())
                    .ifPresent(items -> retried.put(count.getKey(), items));
        }
        return retried;
    }

    private static Times times(Transaction tx, String spool) throws SQLException {
        SpoolTicks.Row row = SpoolTicks.row(tx, spool).orElse(null);
        if (row == null) {
            return null;
        }
        return new Times(
                row.next().toEpochMilli(),
                row.opened() == null ? 0 : Math.max(1, tx.now() - row.opened().toEpochMilli()));
    }

    /**
     * In one statement, so that what a batch takes meanwhile is counted once. A million rows take a fifth of a second.
     */
    private static Map<String, Waiting> waiting(Transaction tx) throws SQLException {
        Map<String, Waiting> waiting = new HashMap<>();
        tx.list(
                WAITING,
                row -> waiting.merge(row.getString(1), new Waiting(row.getLong(2), row.getLong(3)), Waiting::and));
        return waiting;
    }

    private record Waiting(long items, long oldest) {
        Waiting and(Waiting other) {
            return new Waiting(items + other.items, Math.min(oldest, other.oldest));
        }
    }
}
