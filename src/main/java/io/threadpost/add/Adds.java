package io.threadpost.add;

import java.sql.SQLException;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Transaction;

/** What other rooms may know and do about adds. */
@Singleton
public final class Adds {
    /** The header with what the thread's {@code OriginalSender} becomes; one line, capped by the step. */
    public static final String SENDER = "OriginalSender";
    /** The header with what the thread's {@code Subject} becomes; one line, capped by the step. */
    public static final String SUBJECT = "Subject";
    /** The header with the {@code Id} of the thread that a message became. */
    public static final String THREAD = "ThreadpostThread";
    /**
     * The header with the code of a message that became none: {@code refused-400}, {@code refused-403},
     * {@code refused-413}, {@code ambiguous}, {@code rough-match}, {@code incomplete}.
     */
    public static final String REFUSAL = "ThreadpostRefusal";
    /** The header with the reason, one line for people. */
    public static final String REFUSED = "ThreadpostRefused";

    Adds() {}

    /**
     * A person wants a message to become a thread that could not be told from others: {@code ambiguous} or
     * {@code rough-match}. When it comes to {@code addThread} again, all begins anew; the threads that were found stay
     * out of it. The other refusals need no such word: what comes again is tried again.
     *
     * @param key the message's identity, as in the header {@code ThreadpostKey}
     * @return whether there was such a refusal
     */
    public boolean again(Transaction tx, String connection, String key) throws SQLException {
        return tx.update(
                        "DELETE FROM thread_add WHERE connection = ? AND item_key = ? AND state = 'refused'",
                        connection,
                        key)
                == 1;
    }
}
