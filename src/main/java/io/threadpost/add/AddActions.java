package io.threadpost.add;

import java.sql.SQLException;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Transaction;

/** What operators do about adds. */
@Singleton
public final class AddActions {
    AddActions() {}

    /**
     * Forgets a refusal that the ledger keeps: {@code ambiguous} or {@code rough-match}. The next {@code addThread} for
     * the message starts afresh and leaves out the threads that were found. The other refusals need no action: the step
     * retries them whenever the message comes again.
     *
     * @param key the message's identity, as in the header {@code ThreadpostKey}
     * @return whether there was such a refusal
     */
    public boolean retry(Transaction tx, String connection, String key) throws SQLException {
        return tx.update(
                        "DELETE FROM thread_add WHERE connection = ? AND item_key = ? AND state = 'refused'",
                        connection,
                        key)
                == 1;
    }
}
