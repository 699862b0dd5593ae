package io.threadpost.spool;

import java.sql.SQLException;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.retry.Backoff;
import io.threadpost.settings.Settings;

/**
 * Pauses of spools whose target is down: nothing is handed out until the pause is over, then one item probes the
 * target.
 */
@Singleton
final class SpoolPauses {
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final Ledger ledger;
    private final Backoff backoff;

    SpoolPauses(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.backoff = new Backoff(settings.spool().backoff(), settings.spool().backoffMax());
    }

    /**
     * @return until when nothing is handed out, milliseconds since the epoch: {@code Long.MAX_VALUE} while an operator
     *     holds the spool, in the past when a probe is due; empty when the spool is not paused
     */
    static Optional<Long> until(Transaction tx, String spool) throws SQLException {
        return tx.one(
                "SELECT " + FOR_EVER
                        + " FROM spool_hold WHERE spool = ? UNION ALL SELECT until FROM spool_pause WHERE spool = ?"
                        + " ORDER BY 1 DESC LIMIT 1",
                row -> row.getLong(1),
                spool,
                spool);
    }

    /**
     * Begins or prolongs a pause.
     *
     * @param least milliseconds it lasts at least
     * @return milliseconds it will last
     */
    long pause(String spool, String reason, long least) {
        return ledger.write(tx -> {
            int failures = 1
                    + tx.one("SELECT failures FROM spool_pause WHERE spool = ?", row -> row.getInt(1), spool)
                            .orElse(0);
            long wait = Math.max(least, backoff.millis(failures));
            tx.update(
                    "INSERT INTO spool_pause (spool, since, until, failures, reason) VALUES (?, ?, ?, ?, ?) ON "
                            + "CONFLICT (spool)"
                            + " DO UPDATE SET until = excluded.until, failures = excluded.failures, reason = "
                            + "excluded.reason",
                    spool,
                    tx.now(),
                    tx.now() + wait,
                    failures,
                    tx.redacted(reason));
            return wait;
        });
    }

    /** Makes the next probe due now. */
    void dueNow(String spool) {
        ledger.write(tx -> dueNow(tx, spool));
    }

    static int dueNow(Transaction tx, String spool) throws SQLException {
        return tx.update("UPDATE spool_pause SET until = ? WHERE spool = ? AND until > ?", tx.now(), spool, tx.now());
    }

    /**
     * Ends a pause, since an item passed and so the target works: one attempt of each suspect counts.
     *
     * @param attempts after how many failures an item is dead
     */
    static Recovery end(Transaction tx, String spool, int attempts) throws SQLException {
        int countedSuspects = tx.list(
                        "UPDATE spool_parcel SET suspect = FALSE, attempts = attempts + 1,"
                                + " state = CASE WHEN attempts + 1 >= ? THEN 'dead' ELSE state END"
                                + " WHERE spool = ? AND suspect AND state = 'waiting' AND upto IS NULL"
                                + " RETURNING state, item_key, error",
                        row -> {
                            if (row.getString(1).equals("dead")) {
                                Spools.logDead(spool, row.getString(2), row.getString(3));
                            }
                            return row.getString(1);
                        },
                        attempts,
                        spool)
                .size();
        tx.update(
                "UPDATE spool_batch SET suspect = FALSE, attempts = attempts + 1"
                        + " WHERE spool = ? AND suspect AND lease_owner IS NULL",
                spool);
        Optional<Long> since =
                tx.one("DELETE FROM spool_pause WHERE spool = ? RETURNING since", row -> row.getLong(1), spool);
        return since.isEmpty()
                ? new Recovery(countedSuspects, Optional.empty())
                : new Recovery(0, Optional.of(tx.now() - since.get()));
    }

    /**
     * What it means that an item passed.
     *
     * @param countedSuspects suspects that failed by themselves, since the target was not down; 0 after an outage, when
     *     they only probed it
     * @param downMillis how long the target was down; empty when it was not
     */
    record Recovery(int countedSuspects, Optional<Long> downMillis) {
        static final Recovery NONE = new Recovery(0, Optional.empty());
    }
}
