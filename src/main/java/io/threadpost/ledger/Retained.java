package io.threadpost.ledger;

import java.sql.SQLException;
import java.util.function.LongFunction;

/** Things of one kind that the ledger keeps for a while. */
public abstract class Retained {
    protected final Ledger ledger;
    protected final Retention rule;

    protected Retained(Ledger ledger, Retention rule) {
        this.ledger = ledger;
        this.rule = rule;
    }

    /** How long they are kept, and how many. */
    public final Retention rule() {
        return rule;
    }

    /** @return how much there is, in the unit of the ceiling */
    protected abstract long kept(Transaction tx) throws SQLException;

    /** How many there are, and which are removed next; here none, for a kind whose removal needs no announcement. */
    public Retention.Status status() {
        return ledger.read(tx -> rule.status(tx, kept(tx), 0, 0));
    }

    /**
     * Removes what is due; returns early, between two transactions, when the thread is interrupted.
     *
     * @return things removed
     * @throws LedgerException when the ledger refuses; what was removed before stays removed
     */
    public abstract long run();

    /** @return how much there is above the ceiling; not positive when there is room */
    protected final long excess() {
        return ledger.read(this::kept) - rule.ceiling();
    }

    /**
     * Removes the oldest things, a chunk at a time, so that other writers get their turn.
     *
     * @param most in the unit of the ceiling: when so much is removed, no further chunk is
     * @param remove removes one chunk, given what is left of that
     * @return things removed
     */
    protected final long removeInChunks(long most, LongFunction<Chunk> remove) {
        long removed = 0;
        long left = most;
        boolean more = true;
        while (more && left > 0 && !Thread.currentThread().isInterrupted()) {
            Chunk chunk = remove.apply(left);
            removed += chunk.removed();
            left -= chunk.amount();
            more = chunk.full();
        }
        return removed;
    }

    /**
     * What was removed in one transaction.
     *
     * @param full whether there may be more to remove
     * @param removed how many things
     * @param amount the same in the unit of the ceiling
     */
    public record Chunk(boolean full, long removed, long amount) {}
}
