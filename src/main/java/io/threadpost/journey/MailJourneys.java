package io.threadpost.journey;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.threadpost.journey.Journey.Hit;
import io.threadpost.ledger.Transaction;

/** The journeys of mails and replies, from the records that mails and replies have anyway. */
final class MailJourneys {
    private static final String MAIL = "mail:";
    /** Mails that one search reads. */
    private static final int MOST_READ = 50_000;

    private MailJourneys() {}

    /** @return the numbers of the mails that an id belongs to, the oldest first */
    static List<Long> numbers(Transaction tx, String id, int most) throws SQLException {
        String number = id.startsWith(MAIL) ? id.substring(MAIL.length()) : "";
        if (number.matches("\\d{1,18}")) {
            return List.of(Long.parseLong(number));
        }
        return tx.list(
                "SELECT id FROM mail WHERE thread = ? UNION SELECT id FROM mail WHERE item_key = ?"
                        + " UNION SELECT mail FROM mail_reference WHERE message_id = ? AND kind = 'own'"
                        + " ORDER BY 1 LIMIT " + most,
                row -> row.getLong(1),
                id,
                id,
                bracketed(id));
    }

    /** @return the replies that an id belongs to, the oldest first */
    static List<String> replies(Transaction tx, String id, int most) throws SQLException {
        return tx.texts(
                "SELECT message FROM reply WHERE thread = ? OR message = ? OR message_id = ? ORDER BY seen LIMIT "
                        + most,
                id,
                id,
                bracketed(id));
    }

    /** @return the keys of the items that became this thread */
    static List<String> keys(Transaction tx, String thread) throws SQLException {
        return tx.texts("SELECT item_key FROM add_thread WHERE thread = ?", thread);
    }

    private static String bracketed(String messageId) {
        return messageId.startsWith("<") || !messageId.contains("@") ? messageId : "<" + messageId + ">";
    }

    /** @return the journey of a mail; empty when there is no such mail */
    static Optional<Journey.Mail> mail(Transaction tx, long number) throws SQLException {
        String key = tx.one("SELECT item_key FROM mail WHERE id = ?", row -> row.getString(1), number)
                .orElse(null);
        if (key == null) {
            return Optional.empty();
        }
        List<Journey.Place> places = tx.list(
                "SELECT e.source, m.uid, m.note, m.shown, m.moved_to FROM mailbox_mail m"
                        + " JOIN mailbox_era e ON e.id = m.era WHERE m.mail = ? ORDER BY m.era, m.uid",
                row -> new Journey.Place(
                        row.getString(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5)),
                number);
        List<Journey.Message> messages = tx.list(
                "SELECT part, thread, state, message, code, reason FROM message_add WHERE mail = ? ORDER BY part",
                row -> new Journey.Message(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)),
                number);
        Journey.Add add = tx.one(
                        "SELECT a.state, a.since, a.attempts, a.thread, a.code, a.words FROM thread_add a"
                                + " JOIN mail m ON m.connection = a.connection AND m.item_key = a.item_key"
                                + " WHERE m.id = ?",
                        row -> new Journey.Add(
                                row.getString(1),
                                time(row, 2),
                                row.getInt(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6)),
                        number)
                .orElse(null);
        Journey.Version item = last(StoredJourneys.versions(tx, key));
        return tx.one(
                "SELECT m.id, m.mailbox, m.connection, m.state, m.reason, m.why, m.sender_text, m.subject,"
                        + " (SELECT MIN(message_id) FROM mail_reference WHERE mail = m.id AND kind = 'own'),"
                        + " m.received, m.staged, m.changed, r.verdict, m.thread FROM mail m"
                        + " LEFT JOIN mail_reading r ON r.mail = m.id WHERE m.id = ?",
                row -> new Journey.Mail(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        time(row, 10),
                        time(row, 11),
                        time(row, 12),
                        places,
                        row.getString(13),
                        row.getString(14),
                        add,
                        messages,
                        item),
                number);
    }

    /** @return the journey of a reply; empty when there is no such reply */
    static Optional<Journey.Reply> reply(Transaction tx, String message) throws SQLException {
        Journey.Version item = last(StoredJourneys.versions(tx, message));
        return tx.one(
                "SELECT message, connection, thread, seen, changed, state, why, message_id FROM reply"
                        + " WHERE message = ?",
                row -> new Journey.Reply(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        time(row, 4),
                        time(row, 5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        item),
                message);
    }

    private static Journey.Version last(List<Journey.Version> versions) {
        return versions.isEmpty() ? null : versions.get(versions.size() - 1);
    }

    /** @return replies of the hotel with that Message-ID, the newest first; none when anything else is asked for */
    static List<Hit> findReplies(Transaction tx, JourneySearch search) throws SQLException {
        if (search.subject() != null || search.sender() != null || search.messageId() == null) {
            return List.of();
        }
        return tx.list(
                "SELECT message, seen, connection FROM reply WHERE message_id = ? AND seen >= ? AND seen < ?"
                        + " ORDER BY seen DESC LIMIT ?",
                row -> new Hit("reply", row.getString(1), time(row, 2), row.getString(3), null, null),
                bracketed(search.messageId()),
                search.from().toEpochMilli(),
                search.to().toEpochMilli(),
                search.limit());
    }

    /**
     * Finds mails, the newest first.
     *
     * @param hits are added to
     * @return the time before which mails were not looked at; empty when all were, or there are hits enough
     */
    static Optional<Instant> findMails(Transaction tx, JourneySearch search, List<Hit> hits) throws SQLException {
        List<Object> parameters = new ArrayList<>(
                List.of(search.from().toEpochMilli(), search.to().toEpochMilli()));
        String which = "";
        if (search.messageId() != null) {
            which = " AND id IN (SELECT mail FROM mail_reference WHERE message_id = ? AND kind = 'own')";
            parameters.add(bracketed(search.messageId()));
        }
        parameters.add(MOST_READ);
        long[] read = {0, 0};
        tx.list(
                "SELECT id, staged, connection, subject, sender_text FROM mail WHERE staged >= ? AND staged < ?" + which
                        + " ORDER BY staged DESC, id DESC LIMIT ?",
                row -> {
                    read[0]++;
                    read[1] = row.getLong(2);
                    return hits.size() < search.limit()
                            && search.matches(row.getString(4), row.getString(5))
                            && hits.add(new Hit(
                                    "mail",
                                    MAIL + row.getLong(1),
                                    time(row, 2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5)));
                },
                parameters.toArray());
        return read[0] < MOST_READ || hits.size() >= search.limit()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(read[1] + 1));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
