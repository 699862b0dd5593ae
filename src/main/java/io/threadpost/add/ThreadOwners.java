package io.threadpost.add;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.threadpost.ledger.Transaction;

/** Which add owns which thread, forever: a thread belongs to one add. */
final class ThreadOwners {
    private ThreadOwners() {}

    /**
     * Makes an add the owner of a thread.
     *
     * @return false when another add owns it
     */
    static boolean own(Transaction tx, InboundMessage message, CreatedThread thread) throws SQLException {
        return tx.update(
                                "INSERT INTO add_thread (thread, connection, item_key)"
                                        + " VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                                thread.id(),
                                message.connection(),
                                message.key())
                        == 1
                || tx.exists(
                        "SELECT 1 FROM add_thread WHERE thread = ? AND connection = ? AND item_key = ?",
                        thread.id(),
                        message.connection(),
                        message.key());
    }

    /** @return the threads that no add owns */
    static List<CreatedThread> unowned(Transaction tx, List<CreatedThread> threads) throws SQLException {
        Set<String> owned = new HashSet<>();
        for (CreatedThread thread : threads) {
            tx.one("SELECT thread FROM add_thread WHERE thread = ?", row -> row.getString(1), thread.id())
                    .ifPresent(owned::add);
        }
        return threads.stream().filter(thread -> !owned.contains(thread.id())).toList();
    }
}
