package io.threadpost.ledger;

import java.sql.SQLException;

/**
 * Things that wait for a person, and are discarded when nobody came: for their age, and the oldest ones beyond a
 * ceiling. Both are announced before ({@link Retention}).
 */
public abstract class AnnouncedRetention extends Retained {
    private final String whyExpired;
    private final String whyExcess;

    /**
     * @param whyExpired the reason, for people, of what is discarded for its age
     * @param whyExcess the reason of what is discarded by the ceiling
     */
    protected AnnouncedRetention(Ledger ledger, Retention rule, String whyExpired, String whyExcess) {
        super(ledger, rule);
        this.whyExpired = whyExpired;
        this.whyExcess = whyExcess;
    }

    /**
     * @param before milliseconds since the epoch
     * @return how many things have waited since before then, and since when the oldest one has
     */
    protected abstract Waiting waitingSince(Transaction tx, long before) throws SQLException;

    /**
     * Discards the oldest things {@linkplain #removeInChunks in chunks}, and logs it.
     *
     * @param excess in the unit of the ceiling: at least so much is discarded, if it has waited long enough
     * @param before only what has waited since before then, milliseconds since the epoch
     * @return things discarded
     */
    protected abstract long discard(String why, long excess, Ledger.Work<Long> before);

    /** Things that have waited for long. */
    public record Waiting(long count, long oldest) {}

    @Override
    public final long run() {
        boolean removes = ledger.write(tx -> {
            boolean any = kept(tx) > 0;
            return rule.announced(tx, any) && any;
        });
        if (!removes) {
            return 0;
        }
        return discard(whyExpired, Long.MAX_VALUE, rule::expired) + discard(whyExcess, excess(), rule::removable);
    }

    @Override
    public final Retention.Status status() {
        return ledger.read(tx -> {
            Waiting expiring = waitingSince(tx, rule.expiring(tx));
            return rule.status(tx, kept(tx), expiring.count(), expiring.oldest());
        });
    }
}
