package io.threadpost.add;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.spool.DeadItems;
import io.threadpost.spool.DeadItems.Dead;
import io.threadpost.spool.SpoolStatus;

/**
 * Periodic maintenance of messages, so that one whose item is dead or gone holds up no other message of its thread. If
 * its item comes again, it is added nevertheless.
 */
@Singleton
public final class MessageMaintenance {
    private static final int LISTED = 500;
    /** The item of a message that has just changed may be in a transaction that is not committed yet. */
    private static final long SETTLED_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Ledger ledger;
    private final DeadItems dead;
    private final SpoolStatus spools;

    MessageMaintenance(Ledger ledger, DeadItems dead, SpoolStatus spools) {
        this.ledger = ledger;
        this.dead = dead;
        this.spools = spools;
    }

    /** Refuses messages whose items are dead or gone, and discards refused ones whose items were discarded. */
    public void run() {
        refuseGivenUp();
        refuseForgotten();
        discard();
    }

    /** Removes what a person said from the discarded messages of a mail that is purged. */
    public static void forget(Transaction tx, long mail) throws SQLException {
        tx.update("UPDATE message_add SET text = NULL WHERE mail = ? AND state = 'discarded'", mail);
    }

    private void refuseGivenUp() {
        dead.forEachPage(
                AddConstants.MESSAGES,
                items -> ledger.write(tx -> {
                    for (Dead item : items) {
                        refuse(
                                tx,
                                "failed",
                                "given up after " + item.attempts() + " attempts: " + item.reason(),
                                " AND connection = ? AND item_key = ?",
                                item.connection(),
                                item.key());
                    }
                    return null;
                }));
    }

    private void refuseForgotten() {
        if (spools.isEmpty(AddConstants.MESSAGES)) {
            ledger.execute(tx -> {
                refuse(
                        tx,
                        "unsettled",
                        "its item left spool:messages without an outcome",
                        " AND touched < ?",
                        tx.now() - SETTLED_MILLIS);
            });
        }
    }

    /** A message whose outcome is unknown keeps what is known about its request. */
    private static void refuse(Transaction tx, String code, String reason, String which, Object... parameters)
            throws SQLException {
        Object[] all = new Object[parameters.length + 2];
        all[0] = code;
        all[1] = tx.redacted(reason);
        System.arraycopy(parameters, 0, all, 2, parameters.length);
        tx.update(
                "UPDATE message_add SET state = CASE WHEN state = 'staged' THEN 'refused' ELSE state END,"
                        + " code = ?, reason = ? WHERE state IN ('staged', 'adding') AND code IS NULL" + which,
                all);
    }

    private void discard() {
        List<Refused> refused = ledger.read(tx -> tx.list(
                "SELECT id, item_key FROM message_add WHERE state = 'refused' AND touched < ? ORDER BY id LIMIT "
                        + LISTED,
                row -> new Refused(row.getLong(1), row.getString(2)),
                tx.now() - SETTLED_MILLIS));
        for (Refused message : refused) {
            if (!dead.isDead(AddConstants.MESSAGES, message.key())) {
                ledger.write(tx -> tx.update(
                        "UPDATE message_add SET state = 'discarded' WHERE id = ? AND state = 'refused'", message.id()));
            }
        }
    }

    private record Refused(long id, String key) {}
}
