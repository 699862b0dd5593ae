package io.threadpost.ledger;

import java.sql.SQLException;

/**
 * Things that wait for a person, and are discarded when nobody came: for their age, and the oldest ones beyond a
 * ceiling. Both are announced before ({@link Retention}).
 */
public abstract class AnnouncedRetention implements Retained {
    protected final Ledger ledger;
    private final Retention rule;
    private final String whyExpired;
    private final String whyExcess;

    /**
     * @param whyExpired the reason, for people, of what is discarded for its age
     * @param whyExcess the reason of what is discarded by the ceiling
     */
    protected AnnouncedRetention(Ledger ledger, Retention rule, String whyExpired, String whyExcess) {
        this.ledger = ledger;
        this.rule = rule;
        this.whyExpired = whyExpired;
        this.whyExcess = whyExcess;
    }

    /** @return how much there is, in the unit of the ceiling */
    protected abstract long kept(Transaction tx) throws SQLException;

    /**
     * @param before milliseconds since the epoch
     * @return how many things have waited since before then, and since when the oldest one has
     */
    protected abstract Waiting waitingSince(Transaction tx, long before) throws SQLException;

    /**
     * Discards the oldest things, and logs it; returns early when the thread is interrupted.
     *
     * @param excess in the unit of the ceiling: at least so much is discarded, if it has waited long enough
     * @param before only what has waited since before then, milliseconds since the epoch
     * @return things discarded
     */
    protected abstract int discard(String why, long excess, Ledger.Work<Long> before);

    /** Things that have waited for long. */
    public record Waiting(long count, long oldest) {}

    @Override
    public final Retention rule() {
        return rule;
    }

    @Override
    public final long run() {
        boolean removes = ledger.write(tx -> {
            boolean any = kept(tx) > 0;
            return rule.announced(tx, any) && any;
        });
        if (!removes) {
            return 0;
        }
        int expired = discard(whyExpired, Long.MAX_VALUE, rule::expired);
        return expired + discard(whyExcess, ledger.read(this::kept) - rule.ceiling(), rule::removable);
    }

    @Override
    public final Retention.Status status() {
        return ledger.read(tx -> {
            Waiting expiring = waitingSince(tx, rule.expiring(tx));
            return rule.status(tx, kept(tx), expiring.count(), expiring.oldest());
        });
    }
}
