package io.threadpost.reply;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;

/**
 * A message of the hotel that is sent to a guest.
 *
 * @param message its {@code Id} on the platform
 * @param connection the connection (hotel) that its thread belongs to
 * @param thread the {@code Id} of its thread
 * @param created when the hotel wrote it, by the platform's time
 * @param place among those of its thread that the hotel wrote at the same time
 * @param seen when it was staged
 * @param state what became of it
 * @param why one line for people; null without a remark
 * @param messageId of its mail; null until it was rendered
 * @param recipient a plain address; null until it was rendered
 * @param changed when its state changed
 */
public record Reply(
        String message,
        String connection,
        String thread,
        Instant created,
        long place,
        Instant seen,
        State state,
        String why,
        String messageId,
        String recipient,
        Instant changed) {
    static final String COLUMNS =
            "SELECT message, connection, thread, created, place, seen, state, why, message_id, recipient,"
                    + " changed FROM reply";

    /** The state of a reply. */
    public enum State {
        /** It waits to be sent. */
        WAITING,
        /** The mail server has accepted it. */
        SENT,
        /** It is not sent. */
        WITHHELD,
        /** It was sent, and could not be delivered. */
        BOUNCED,
        /** The mail server refused it, and its item is dead. */
        REFUSED;

        /** @return its name in the ledger and for people, such as {@code sent} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Reply of(ResultSet row) throws SQLException {
        return new Reply(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getLong(5),
                Instant.ofEpochMilli(row.getLong(6)),
                State.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                Instant.ofEpochMilli(row.getLong(11)));
    }
}
