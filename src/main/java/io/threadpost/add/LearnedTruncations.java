package io.threadpost.add;

import java.sql.SQLException;
import java.util.HashSet;

import io.threadpost.ledger.Transaction;

/** Where the platform cuts the two texts of a thread, as its answers have taught. */
record LearnedTruncations(Truncation sender, Truncation subject) {
    /** @param scope connections that see the same threads */
    static LearnedTruncations of(Transaction tx, String scope) throws SQLException {
        return new LearnedTruncations(cuts(tx, scope, "sender"), cuts(tx, scope, "subject"));
    }

    private static Truncation cuts(Transaction tx, String scope, String field) throws SQLException {
        return new Truncation(new HashSet<>(tx.list(
                "SELECT length FROM add_cut WHERE scope = ? AND field = ?", row -> row.getInt(1), scope, field)));
    }

    /** Keeps what a thread teaches. @param sent the texts that it was made of */
    static void learn(Transaction tx, String scope, ThreadTexts sent, CreatedThread thread) throws SQLException {
        learn(tx, scope, "sender", sent.sender(), thread.sender());
        learn(tx, scope, "subject", sent.subject(), thread.subject());
    }

    private static void learn(Transaction tx, String scope, String field, String sent, String found)
            throws SQLException {
        for (int length : Truncation.seen(sent, found)) {
            tx.update(
                    "INSERT INTO add_cut (scope, field, length) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    scope,
                    field,
                    length);
        }
    }
}
