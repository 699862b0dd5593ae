package io.threadpost.add;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.threadpost.ledger.Transaction;

/** Whose threads are whose, for ever: a thread belongs to one add. */
final class ThreadOwners {
    private ThreadOwners() {}

    /** Makes a thread an add's own. @return false when it belongs to another one */
    static boolean own(Transaction tx, InboundMessage inboundMessage, CreatedThread thread) throws SQLException {
        return tx.update(
                                "INSERT INTO add_thread (thread, connection, item_key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                                thread.id(),
                                inboundMessage.connection(),
                                inboundMessage.key())
                        == 1
                || tx.one(
                                "SELECT 1 FROM add_thread WHERE thread = ? AND connection = ? AND item_key = ?",
                                row -> 1,
                                thread.id(),
                                inboundMessage.connection(),
                                inboundMessage.key())
                        .isPresent();
    }

    /** @return those of the threads that belong to no add */
    static List<CreatedThread> unowned(Transaction tx, List<CreatedThread> threads) throws SQLException {
        Set<String> owned = new HashSet<>();
        for (CreatedThread thread : threads) {
            tx.one("SELECT thread FROM add_thread WHERE thread = ?", row -> row.getString(1), thread.id())
                    .ifPresent(owned::add);
        }
        return threads.stream().filter(thread -> !owned.contains(thread.id())).toList();
    }
}
