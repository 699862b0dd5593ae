package io.threadpost.spool;

import java.sql.SQLException;

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

    /** @return until when the spool is paused, milliseconds since the epoch; 0 when it is not */
    static long until(Transaction tx, String spool) throws SQLException {
        return tx.one("SELECT until FROM spool_pause WHERE spool = ?", row -> row.getLong(1), spool)
                .orElse(0L);
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

    /** The target works again: failures that were not counted while it was down count now, once. */
    void end(String spool) {
        ledger.write(tx -> {
            tx.update(
                    "UPDATE spool_parcel SET attempts = 1 WHERE spool = ? AND state = 'waiting' AND alone AND attempts = 0"
                            + " AND error IS NOT NULL",
                    spool);
            return tx.update("DELETE FROM spool_pause WHERE spool = ?", spool);
        });
    }

    boolean paused(String spool) {
        return ledger.read(tx -> until(tx, spool) > 0);
    }
}
