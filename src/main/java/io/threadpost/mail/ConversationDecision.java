package io.threadpost.mail;

import java.sql.SQLException;
import java.util.Optional;

import io.threadpost.ledger.Transaction;

/**
 * Which thread a mail continues. It is made once, and kept: the platform may have been told.
 *
 * @param thread the thread that it continues; null for its own thread
 * @param resolved the thread that it would continue if that was not resolved or gone; null otherwise
 * @param answers a line for people about a thread that it answers and does not continue; null without one
 * @param reply the message whose reply could not be delivered, for a bounce; null otherwise
 * @param bounced what the hotel reads about that
 */
record ConversationDecision(String thread, String resolved, String answers, String reply, String bounced) {
    static ConversationDecision continuing(String thread) {
        return new ConversationDecision(thread, null, null, null, null);
    }

    static ConversationDecision beginning(String resolved, String answers) {
        return new ConversationDecision(null, resolved, answers, null, null);
    }

    static ConversationDecision bounce(String thread, String reply, String bounced) {
        return new ConversationDecision(thread, null, null, reply, bounced);
    }

    static Optional<ConversationDecision> find(Transaction tx, long mail) throws SQLException {
        return tx.one(
                "SELECT thread, resolved, answers, reply, bounced FROM mail_conversation WHERE mail = ?",
                row -> new ConversationDecision(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                mail);
    }

    /** No other node decides until the transaction ends. */
    static void lock(Transaction tx) throws SQLException {
        tx.update("UPDATE mail_conversation SET decided = ? WHERE mail = 0", tx.now());
    }

    void store(Transaction tx, long mail) throws SQLException {
        tx.update(
                "INSERT INTO mail_conversation (mail, thread, resolved, answers, reply, bounced, decided)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                mail,
                thread,
                resolved,
                answers,
                reply,
                bounced,
                tx.now());
    }

    /** @return the latest thread that was begun in place of a resolved one */
    static Optional<String> successor(Transaction tx, String resolved) throws SQLException {
        return tx.one(
                "SELECT m.thread FROM mail_conversation d JOIN mail m ON m.id = d.mail"
                        + " WHERE d.resolved = ? AND m.thread IS NOT NULL ORDER BY d.mail DESC LIMIT 1",
                row -> row.getString(1),
                resolved);
    }
}
