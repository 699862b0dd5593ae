package io.threadpost.ledger;

/** Things of one kind that the ledger keeps for a while. */
public interface Retained {
    /** How long they are kept, and how many. */
    Retention rule();

    /** How many there are, and which are removed next. */
    Retention.Status status();

    /**
     * Removes what is due; returns early, between two transactions, when the thread is interrupted.
     *
     * @return things removed
     * @throws LedgerException when the ledger refuses; what was removed before stays removed
     */
    long run();
}
