package io.threadpost.add;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Transaction;

/** What the ledger records about adds of threads, for the mails that they are made of. */
@Singleton
public final class AddRecords {
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

    /**
     * @param key the key of the message that became the thread
     * @return the platform's time before the first request, so that nothing in the thread is older; empty for a thread
     *     that was not added for this message
     */
    public Optional<Instant> notBefore(Transaction tx, String connection, String key) throws SQLException {
        return tx.one(
                "SELECT since FROM thread_add WHERE connection = ? AND item_key = ? AND state = 'added'",
                row -> Instant.ofEpochMilli(row.getLong(1)),
                connection,
                key);
    }
}
