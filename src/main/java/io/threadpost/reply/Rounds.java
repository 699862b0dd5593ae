package io.threadpost.reply;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.threadpost.conversation.Conversation;
import io.threadpost.ledger.Transaction;

/**
 * How a guest and the hotel answered each other lately. Mails of one address are looked at together: a program that
 * answers neither the thread's address nor a Message-ID begins a thread with each mail.
 *
 * @param answered the newest first; mails between which the hotel sent nothing are one round
 * @param unanswered replies that were sent since the guest's newest mail
 */
record Rounds(List<Round> answered, List<Sent> unanswered) {
    private static final int MOST_READ = 40;
    private static final Duration RECENT = Duration.ofDays(7);
    /** Mailboxes record the arrival of a mail in whole seconds. */
    private static final long WHOLE_SECONDS = 2_000;

    /**
     * A reply that was sent.
     *
     * @param recorded when its mail may have left at the earliest; the mail server's answer can be lost
     * @param accepted when the mail server accepted it
     * @param created when the hotel wrote it
     */
    record Sent(String thread, long recorded, long accepted, long created, String fingerprint) {}

    /**
     * A mail that came back.
     *
     * @param received by the mailbox's clock
     * @param staged by the ledger's
     * @param added when it was a message on the platform, by the ledger's; when it was staged if that is not known
     * @param fingerprint of its words; null when it is not known
     * @param letters of its own words; 0 when that is not known
     * @param typed those of them that are not in the mail before
     * @param byPerson whether it quotes another mail, or names a mail program of people
     */
    record Answer(
            long number,
            long received,
            long staged,
            long added,
            String fingerprint,
            int letters,
            int typed,
            boolean byPerson) {}

    /**
     * Replies, the mail that followed them, and what the hotel wrote then.
     *
     * @param sent the newest first, not empty
     * @param hotel when the hotel wrote its next message
     */
    record Round(List<Sent> sent, Answer mail, long hotel) {
        /** @return whether the mail came within that time of the reply */
        boolean within(Sent reply, Duration time) {
            long left = reply.accepted() <= mail.staged() ? reply.accepted() : reply.recorded();
            return arrived(left) - left <= time.toMillis();
        }

        /** @return whether the hotel wrote within that time of seeing the mail */
        boolean hotelWithin(Duration time) {
            return hotel - mail.added() <= time.toMillis();
        }

        /** A mailbox whose clock is behind must not make a person fast. */
        private long arrived(long after) {
            boolean usable = mail.received() >= after - WHOLE_SECONDS && mail.received() <= mail.staged();
            return usable ? mail.received() : mail.staged();
        }
    }

    /** @param reply the one that is to be sent; it is not among them */
    static Rounds read(Transaction tx, Reply reply, Conversation conversation) throws SQLException {
        List<Sent> sent = sent(tx, reply, conversation);
        List<Answer> mails = sent.isEmpty()
                ? List.of()
                : mails(tx, conversation, sent.get(sent.size() - 1).recorded());
        List<Round> rounds = new ArrayList<>();
        List<Sent> unanswered = sent;
        Answer newer = null;
        long hotel = reply.created().toEpochMilli();
        int next = 0;
        for (Answer mail : mails) {
            int first = next;
            while (next < sent.size() && sent.get(next).recorded() > mail.staged()) {
                next++;
            }
            List<Sent> since = sent.subList(first, next);
            if (newer == null) {
                unanswered = since;
            } else if (since.isEmpty()) {
                continue;
            } else {
                rounds.add(new Round(since, newer, hotel));
            }
            newer = mail;
            hotel = since.stream()
                    .mapToLong(Sent::created)
                    .min()
                    .orElse(reply.created().toEpochMilli());
        }
        if (newer != null && next < sent.size()) {
            rounds.add(new Round(sent.subList(next, sent.size()), newer, hotel));
        }
        return new Rounds(rounds, unanswered);
    }

    private static List<Sent> sent(Transaction tx, Reply reply, Conversation conversation) throws SQLException {
        // Where a clock was ahead, the time of acceptance alone is corrected later.
        return tx.list(
                "SELECT thread, CASE WHEN recorded < changed THEN recorded ELSE changed END, changed, created,"
                        + " fingerprint FROM reply WHERE recipient = ? AND connection = ? AND state = 'sent'"
                        + " AND message <> ? AND fingerprint IS NOT NULL ORDER BY 2 DESC, 3 DESC LIMIT " + MOST_READ,
                row -> new Sent(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getString(5)),
                conversation.guest(),
                conversation.connection(),
                reply.message());
    }

    private static List<Answer> mails(Transaction tx, Conversation conversation, long since) throws SQLException {
        String columns = "SELECT id, received, staged, COALESCE((SELECT MAX(touched) FROM message_add"
                + " WHERE message_add.mail = mail.id AND state = 'added'), staged), fingerprint, letters, typed,"
                + " by_person FROM mail"
                + " WHERE staged >= ? AND ";
        return tx.list(
                columns + "thread = ? UNION " + columns
                        + "sender = ? AND received >= ? AND connection = ? AND thread IS NOT NULL"
                        + " ORDER BY staged DESC, id DESC LIMIT " + MOST_READ,
                row -> new Answer(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getInt(6),
                        row.getInt(7),
                        row.getBoolean(8)),
                since,
                conversation.thread(),
                since,
                conversation.guest(),
                tx.now() - RECENT.toMillis(),
                conversation.connection());
    }
}
