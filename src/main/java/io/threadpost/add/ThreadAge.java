package io.threadpost.add;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Transaction;

/** How old threads are that were added. */
@Singleton
public final class ThreadAge {
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
