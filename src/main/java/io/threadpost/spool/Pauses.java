package io.threadpost.spool;

import java.sql.SQLException;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.retry.Backoff;
import io.threadpost.settings.Settings;

/** Spools whose target is down: nothing is handed out until the pause is over, then a first try tells. */
@Singleton
final class Pauses {
    private final Ledger ledger;
    private final Backoff backoff;

    Pauses(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.backoff = new Backoff(settings.spool().backoff(), settings.spool().backoffMax());
    }

    /** @return until when the spool is paused, milliseconds since the epoch; in the past when a try may tell; empty when it is not */
    static Optional<Long> until(Transaction tx, String spool) throws SQLException {
        return tx.one("SELECT until FROM spool_pause WHERE spool = ?", row -> row.getLong(1), spool);
    }

    /** Begins or prolongs a pause. @return milliseconds it will last */
    long pause(String spool, String reason) {
        return ledger.write(tx -> {
            int failures = 1
                    + tx.one("SELECT failures FROM spool_pause WHERE spool = ?", row -> row.getInt(1), spool)
                            .orElse(0);
            long wait = backoff.millis(failures);
            tx.update(
                    "INSERT INTO spool_pause (spool, since, until, failures, reason) VALUES (?, ?, ?, ?, ?) ON CONFLICT (spool)"
                            + " DO UPDATE SET until = excluded.until, failures = excluded.failures, reason = excluded.reason",
                    spool,
                    tx.now(),
                    tx.now() + wait,
                    failures,
                    reason);
            return wait;
        });
    }

    /**
     * An item passed, so the target works: what failed as if it did not was to blame itself, once.
     *
     * @param attempts after how many failures an item is dead
     */
    static void end(Transaction tx, String spool, int attempts) throws SQLException {
        tx.update(
                "UPDATE spool_parcel SET suspect = FALSE, attempts = attempts + 1,"
                        + " state = CASE WHEN attempts + 1 >= ? THEN 'dead' ELSE state END"
                        + " WHERE spool = ? AND suspect AND state = 'waiting' AND upto IS NULL",
                attempts,
                spool);
        tx.update(
                "UPDATE spool_batch SET suspect = FALSE, attempts = attempts + 1"
                        + " WHERE spool = ? AND suspect AND lease_owner IS NULL",
                spool);
        tx.update("DELETE FROM spool_pause WHERE spool = ?", spool);
    }
}
