package io.threadpost.spool;

import java.sql.SQLException;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** What a person does with a whole spool. Each action can be repeated: what is done already changes nothing. */
@Singleton
public final class SpoolActions {
    /** Nobody works on it: it was given back, or its worker went silent. */
    private static final String FREE = "(lease_owner IS NULL OR lease_until <= ?)";

    /** What moves, a part for each partial index; batches have moved before. */
    private static final List<String> MOVING = List.of(
            "state = 'waiting' AND upto IS NULL AND NOT alone",
            "state = 'waiting' AND upto IS NULL AND alone",
            "state = 'dead'",
            "upto IS NOT NULL AND batch IN (SELECT number FROM spool_batch WHERE spool <> spool_parcel.spool)");

    private final Ledger ledger;
    private final Spools spools;

    SpoolActions(Ledger ledger, Spools spools) {
        this.ledger = ledger;
        this.spools = spools;
    }

    /**
     * Lets nothing be handed out any more, on any node, until {@linkplain #release released}. What is being worked comes to its end.
     *
     * @param reason one line for people
     * @return false when it was held already; its first reason stays
     */
    public boolean hold(String spool, String reason) {
        return ledger.write(tx -> tx.update(
                        "INSERT INTO spool_hold (spool, since, reason) VALUES (?, ?, ?) ON CONFLICT (spool) DO NOTHING",
                        spool,
                        tx.now(),
                        reason))
                == 1;
    }

    /** Ends a hold. @return false when there was none */
    public boolean release(String spool) {
        boolean held = ledger.write(tx -> tx.update("DELETE FROM spool_hold WHERE spool = ?", spool)) == 1;
        spools.wake(List.of(spool));
        return held;
    }

    /** Makes everything due now that waits for its next try: the target, batches, and single items. */
    public void tryNow(String spool) {
        ledger.write(tx -> {
            long now = tx.now();
            tx.update("UPDATE spool_pause SET until = ? WHERE spool = ? AND until > ?", now, spool, now);
            tx.update("UPDATE spool_batch SET due = ? WHERE spool = ? AND due > ?", now, spool, now);
            return tx.update(
                    "UPDATE spool_parcel SET due = ? WHERE spool = ? AND state = 'waiting' AND upto IS NULL AND alone AND due > ?",
                    now,
                    spool,
                    now);
        });
        spools.wake(List.of(spool));
    }

    /**
     * Moves what waits in a spool, and its dead items, to another one. What is being worked at the moment stays, and comes to its end.
     *
     * @return items moved
     */
    public long move(String from, String to) {
        long moved = ledger.write(tx -> {
            tx.update("UPDATE spool_batch SET spool = ? WHERE spool = ? AND " + FREE, to, from, tx.now());
            // Whatever kept the old target from working says nothing about the new one.
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

    private static long move(Transaction tx, String from, String to, String which) throws SQLException {
        return tx
                .list(
                        "UPDATE spool_parcel SET spool = ? WHERE spool = ? AND " + which + " RETURNING size - mark",
                        row -> row.getLong(1),
                        to,
                        from)
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
