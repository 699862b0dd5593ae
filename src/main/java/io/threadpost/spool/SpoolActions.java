package io.threadpost.spool;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** The actions of an operator on a whole spool. Each can be repeated: a second time changes nothing. */
@Singleton
public final class SpoolActions {
    /** Not leased: released, or its lease expired. */
    private static final String FREE = "(lease_owner IS NULL OR lease_until <= ?)";

    /** Parcels that are in no batch, one condition for each partial index. */
    private static final List<String> LYING = List.of(
            "state = 'waiting' AND upto IS NULL AND NOT alone",
            "state = 'waiting' AND upto IS NULL AND alone",
            "state = 'dead'");

    /** Batches move first. */
    private static final List<String> MOVING =
            and("upto IS NOT NULL AND batch IN (SELECT number FROM spool_batch WHERE spool <> spool_parcel.spool)");

    /** Batches that are not leased are deleted first. */
    private static final List<String> DISCARDED =
            and("upto IS NOT NULL AND NOT EXISTS (SELECT 1 FROM spool_batch WHERE number = spool_parcel.batch)");

    private final Ledger ledger;
    private final Spools spools;

    SpoolActions(Ledger ledger, Spools spools) {
        this.ledger = ledger;
        this.spools = spools;
    }

    private static List<String> and(String inBatches) {
        return Stream.concat(LYING.stream(), Stream.of(inBatches)).toList();
    }

    /**
     * Hands out nothing on any node until {@linkplain #release released}. Batches in flight are finished.
     *
     * @param reason one line for people
     * @return false when it was held already; its first reason stays
     */
    public boolean hold(String spool, String reason) {
        return ledger.write(tx -> tx.update(
                        "INSERT INTO spool_hold (spool, since, reason) VALUES (?, ?, ?) ON CONFLICT (spool) DO NOTHING",
                        spool,
                        tx.now(),
                        tx.redacted(reason)))
                == 1;
    }

    /**
     * Ends a hold.
     *
     * @return false when there was none
     */
    public boolean release(String spool) {
        boolean held = ledger.write(tx -> tx.update("DELETE FROM spool_hold WHERE spool = ?", spool)) == 1;
        spools.wake(List.of(spool));
        return held;
    }

    /** Makes everything due now that waits for its next try: the paused target, batches, and single items. */
    public void tryNow(String spool) {
        ledger.write(tx -> {
            long now = tx.now();
            SpoolPauses.dueNow(tx, spool);
            tx.update("UPDATE spool_batch SET due = ? WHERE spool = ? AND due > ?", now, spool, now);
            return tx.update(
                    "UPDATE spool_parcel SET due = ? WHERE spool = ? AND state = 'waiting' AND upto IS NULL AND "
                            + "alone AND due > ?",
                    now,
                    spool,
                    now);
        });
        spools.wake(List.of(spool));
    }

    /**
     * Moves the waiting and dead items of a spool to another one. Batches in flight stay and are finished.
     *
     * @return items moved
     */
    public long move(String from, String to) {
        long moved = ledger.write(tx -> {
            tx.update("UPDATE spool_batch SET spool = ? WHERE spool = ? AND " + FREE, to, from, tx.now());
            // An outage of the old target does not concern the new one.
            tx.update("DELETE FROM spool_pause WHERE spool = ?", from);
            long items = 0;
            for (String which : MOVING) {
                items += move(tx, from, to, which);
            }
            return items;
        });
        spools.wake(List.of(to));
        return moved;
    }

    /**
     * Discards the waiting and dead items of a spool; they are kept for {@code threadpost.spool.keep} like delivered
     * ones. Batches in flight stay and are finished.
     *
     * @return items discarded
     */
    public long discard(String spool) {
        return ledger.write(tx -> {
            tx.update("DELETE FROM spool_batch WHERE spool = ? AND " + FREE, spool, tx.now());
            tx.update("DELETE FROM spool_pause WHERE spool = ?", spool);
            long items = 0;
            for (String which : DISCARDED) {
                items += sum(tx.list(
                        "UPDATE spool_parcel SET state = 'discarded', finished = ?, upto = NULL WHERE spool = ? AND "
                                + which + " RETURNING size - mark",
                        row -> row.getLong(1),
                        tx.now(),
                        spool));
            }
            return items;
        });
    }

    private static long move(Transaction tx, String from, String to, String which) throws SQLException {
        return sum(tx.list(
                "UPDATE spool_parcel SET spool = ? WHERE spool = ? AND " + which + " RETURNING size - mark",
                row -> row.getLong(1),
                to,
                from));
    }

    private static long sum(List<Long> items) {
        return items.stream().mapToLong(Long::longValue).sum();
    }
}
