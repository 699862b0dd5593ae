package io.threadpost.spool;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.ledger.AnnouncedRetention;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Retention;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Discards dead items that nobody replayed within {@code threadpost.spool.dead-keep}, and the oldest ones beyond
 * {@code threadpost.spool.dead-max}. Both are announced before ({@link Retention}). Discarded items stay for
 * {@code threadpost.spool.keep}.
 */
@Singleton
public final class DeadItemRetention extends AnnouncedRetention {
    private static final Logger LOG = Logger.getLogger(DeadItemRetention.class);
    /** Items a transaction: others want to write, too. */
    private static final int CHUNK = 500;

    private static final String AGE = "COALESCE(failed, created)";
    private static final String COUNT = "SELECT COUNT(*) FROM spool_parcel WHERE state = 'dead'";

    DeadItemRetention(Ledger ledger, Settings settings) {
        super(
                ledger,
                new Retention(
                        Retention.Kind.DEAD_ITEMS,
                        settings.get(SettingsCatalogue.SPOOL_DEAD_KEEP),
                        settings.get(SettingsCatalogue.SPOOL_DEAD_MAX)),
                "for longer than threadpost.spool.dead-keep",
                "and there are more than threadpost.spool.dead-max");
    }

    @Override
    protected long kept(Transaction tx) throws SQLException {
        return tx.number(COUNT);
    }

    @Override
    protected Waiting waitingSince(Transaction tx, long before) throws SQLException {
        return tx.one(
                        "SELECT COUNT(*), MIN(" + AGE + ") FROM spool_parcel WHERE state = 'dead' AND " + AGE + " < ?",
                        row -> new Waiting(row.getLong(1), row.getLong(2)),
                        before)
                .orElseThrow();
    }

    @Override
    protected long discard(String why, long excess, Ledger.Work<Long> before) {
        Map<String, Integer> discarded = new TreeMap<>();
        long removed = removeInChunks(excess, left -> {
            long limit = Math.min(CHUNK, left);
            List<String> spools = ledger.write(tx -> tx.texts(
                    "UPDATE spool_parcel SET state = 'discarded', finished = ? WHERE state = 'dead' AND id IN "
                            + "(SELECT id FROM"
                            + " spool_parcel WHERE state = 'dead' AND " + AGE + " < ? ORDER BY " + AGE + " LIMIT "
                            + limit + ") RETURNING spool",
                    tx.now(),
                    before.in(tx)));
            spools.forEach(spool -> discarded.merge(spool, 1, Integer::sum));
            return new Chunk(spools.size() == CHUNK, spools.size(), spools.size());
        });
        discarded.forEach((spool, items) ->
                LOG.warnf("spool %s: %d dead items are discarded: they were dead %s", spool, items, why));
        return removed;
    }
}
