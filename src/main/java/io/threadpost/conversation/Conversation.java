package io.threadpost.conversation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A thread that began with a mail.
 *
 * @param id its number, never reused
 * @param thread the {@code Id} of its thread
 * @param connection the connection (hotel) that the thread belongs to
 * @param mailbox the mailbox that received its first mail
 * @param mail the number of that mail
 * @param guest the canonical address that wrote it, the only one that replies are sent to
 * @param guestName as its first mail shows it; null without one
 * @param subject of its first mail
 * @param began the platform's time; what the hotel wrote before is not sent
 * @param unanswerable why no reply goes to its guest by mail; null when one does
 * @param authenticated whether a trusted host has authenticated the guest in one of its mails
 * @param stopped why no more replies are sent; null while they are
 * @param active when a mail or a message last came in
 * @param asked when the platform was last asked for its messages; the epoch before the first time
 * @param moved how often the pull has seen a newer version of the thread since then
 */
public record Conversation(
        long id,
        String thread,
        String connection,
        String mailbox,
        long mail,
        String guest,
        String guestName,
        String subject,
        Instant began,
        String unanswerable,
        boolean authenticated,
        String stopped,
        Instant active,
        Instant asked,
        long moved) {
    static final String COLUMNS = "SELECT c.id, c.thread, c.connection, c.mailbox, c.mail, c.guest, c.guest_name,"
            + " c.subject, c.began, c.unanswerable, c.authenticated, c.stopped, c.active, c.asked, c.moved"
            + " FROM conversation c";

    /**
     * What a conversation begins with.
     *
     * @param guest a canonical address
     * @param guestName null without one
     * @param began the platform's time
     * @param unanswerable why no reply goes to its guest by mail; null when one does
     * @param authenticated whether a trusted host authenticates the guest
     */
    public record Beginning(
            String thread,
            String connection,
            String mailbox,
            long mail,
            String guest,
            String guestName,
            String subject,
            Instant began,
            String unanswerable,
            boolean authenticated) {}

    /**
     * A mail in a conversation.
     *
     * @param messageId as headers write it; null without one
     * @param subject null when it was purged
     */
    public record Mail(long number, String messageId, String subject) {}

    static Conversation of(ResultSet row) throws SQLException {
        return new Conversation(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                Instant.ofEpochMilli(row.getLong(9)),
                row.getString(10),
                row.getBoolean(11),
                row.getString(12),
                Instant.ofEpochMilli(row.getLong(13)),
                Instant.ofEpochMilli(row.getLong(14)),
                row.getLong(15));
    }
}
