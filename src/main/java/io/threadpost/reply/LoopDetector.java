package io.threadpost.reply;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import jakarta.inject.Singleton;

import io.threadpost.conversation.Conversation;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Recognises two programs that answer each other, before the fourth mail of theirs. Only the hotel's messages are sent,
 * so there are two kinds of loops: a program that answers on the platform, against one that answers the guest's mail;
 * and against a mail system that returns every reply. A guest is a program when three of his mails in a row came faster
 * than a person can read and type and quote nothing, or say the same; the hotel is one when it answers soon, or says
 * the same.
 *
 * <p>Mails of one address are looked at together: a program that answers neither the thread's address nor a Message-ID
 * begins a thread with each mail.
 */
@Singleton
final class LoopDetector {
    private static final int MOST_IN_A_LOOP = 3;
    /** Whatever they say and however long they are: people in a hurry write so few. */
    private static final int MOST_QUICK = 8;

    private static final int MOST_READ = 40;
    /** Few people read, type and send that fast. */
    private static final Duration QUICK = Duration.ofSeconds(30);
    /** A program that polls a mailbox. */
    private static final Duration POLLED = Duration.ofMinutes(15);
    /** Words that people say again and again are shorter. */
    private static final int LONG = 60;
    /** The mailbox is polled, and the mail becomes a message, before the hotel's program sees it. */
    private static final Duration HOTEL_SOON = Duration.ofMinutes(2);
    /** 150 words a minute, as in dictation. */
    private static final int MILLIS_PER_LETTER = 80;

    private static final Duration LONGEST_TYPING = Duration.ofMinutes(1);
    /** Mailboxes record the arrival of a mail in whole seconds. */
    private static final long WHOLE_SECONDS = 2_000;

    private static final Duration RECENT = Duration.ofDays(7);
    private static final String NAMED = " WHERE mail = ? AND kind IN ('reply', 'reference')";

    private final Duration person;

    LoopDetector(Settings settings) {
        this.person = settings.get(SettingsCatalogue.REPLIES_PERSON_DELAY);
    }

    /**
     * @param fingerprint of the words of the reply
     * @return why it would continue a loop, one line for people; empty when it does not
     */
    Optional<String> loop(Transaction tx, Reply reply, Conversation conversation, String fingerprint)
            throws SQLException {
        if (undeliverable(tx, reply, conversation)) {
            return Optional.of("the last " + MOST_IN_A_LOOP + " replies could not be delivered");
        }
        List<Round> rounds = rounds(tx, reply, conversation);
        List<Round> last = first(rounds, MOST_IN_A_LOOP);
        if (last.size() < MOST_IN_A_LOOP) {
            return Optional.empty();
        }
        boolean hotelSoon = all(last, Round::hotelSoon);
        boolean hotelSame = all(last, round -> fingerprint.equals(round.sent.fingerprint()));
        String words = last.get(0).mail.fingerprint();
        boolean guestSame = words != null && all(last, round -> words.equals(round.mail.fingerprint()));
        boolean inThread = all(last, round -> round.sent.thread().equals(reply.thread()));
        boolean longWords = last.get(0).mail.letters() >= LONG;
        String what = null;
        if (hotelSame && (inThread || guestSame)) {
            what = "the hotel writes the same for the " + (MOST_IN_A_LOOP + 1) + "th time";
        } else if (hotelSoon && all(last, Round::tooFast) && answered(tx, last)) {
            what = "the last " + MOST_IN_A_LOOP + " replies were answered faster than a person can";
        } else if (hotelSoon && guestSame && all(last, round -> round.within(longWords ? POLLED : QUICK))) {
            what = "the last " + MOST_IN_A_LOOP + " replies were answered soon, with the same words";
        } else if (rounds.size() >= MOST_QUICK
                && all(
                        first(rounds, MOST_QUICK),
                        round -> round.sent.thread().equals(reply.thread())
                                && round.hotelSoon()
                                && round.within(QUICK))) {
            what = "the last " + MOST_QUICK + " replies were answered within seconds";
        }
        return Optional.ofNullable(what).map(why -> why + ": two programs seem to answer each other");
    }

    private static <T> List<T> first(List<T> list, int most) {
        return list.subList(0, Math.min(most, list.size()));
    }

    private static boolean all(List<Round> rounds, Predicate<Round> test) {
        return rounds.stream().allMatch(test);
    }

    /**
     * A reply that was sent.
     *
     * @param changed when it was sent
     * @param created when the hotel wrote it
     */
    private record Sent(String thread, String messageId, long changed, long created, String fingerprint) {}

    /**
     * A mail that came back.
     *
     * @param received by the mailbox's clock
     * @param staged by the ledger's
     * @param fingerprint of its words; null when it is not known
     * @param letters of its own words; 0 when that is not known
     * @param typed those of them that are not in the mail before
     * @param byPerson whether it quotes another mail, or names a mail program of people
     */
    private record Answer(
            long number, long received, long staged, String fingerprint, int letters, int typed, boolean byPerson) {}

    /** A reply, the mail that followed it, and what the hotel wrote then. */
    private final class Round {
        private final Sent sent;
        private final Answer mail;
        private final long hotel;

        Round(Sent sent, Answer mail, long hotel) {
            this.sent = sent;
            this.mail = mail;
            this.hotel = hotel;
        }

        /** A mailbox whose clock is behind must not make a person fast. */
        private long arrived() {
            boolean usable = mail.received() >= sent.changed() - WHOLE_SECONDS && mail.received() <= mail.staged();
            return usable ? mail.received() : mail.staged();
        }

        boolean within(Duration time) {
            return arrived() - sent.changed() <= time.toMillis();
        }

        boolean hotelSoon() {
            return hotel - arrived() <= HOTEL_SOON.toMillis();
        }

        boolean tooFast() {
            Duration typing = Duration.ofMillis((long) mail.typed() * MILLIS_PER_LETTER);
            return !person.isZero()
                    && !mail.byPerson()
                    && within(person.plus(typing.compareTo(LONGEST_TYPING) < 0 ? typing : LONGEST_TYPING));
        }
    }

    /** @return the newest first; mails between which the hotel wrote nothing are one */
    private List<Round> rounds(Transaction tx, Reply reply, Conversation conversation) throws SQLException {
        List<Sent> sent = sent(tx, reply, conversation);
        List<Round> rounds = new ArrayList<>();
        if (sent.isEmpty()) {
            return rounds;
        }
        long until = Long.MAX_VALUE;
        long current = reply.created().toEpochMilli();
        for (Answer mail : mails(tx, conversation, sent.get(sent.size() - 1).changed())) {
            Optional<Sent> before =
                    sent.stream().filter(one -> one.changed() <= mail.staged()).findFirst();
            long newer = until;
            List<Sent> after = sent.stream()
                    .filter(one -> one.changed() > mail.staged() && one.changed() <= newer)
                    .toList();
            if (before.isPresent() && (rounds.isEmpty() || !after.isEmpty())) {
                long hotel = after.stream().mapToLong(Sent::created).min().orElse(current);
                rounds.add(new Round(before.get(), mail, rounds.isEmpty() ? Math.min(hotel, current) : hotel));
                until = mail.staged();
            }
        }
        return rounds;
    }

    private static List<Sent> sent(Transaction tx, Reply reply, Conversation conversation) throws SQLException {
        return tx.list(
                "SELECT thread, message_id, changed, created, fingerprint FROM reply WHERE recipient = ?"
                        + " AND connection = ? AND state = 'sent' AND message <> ? AND fingerprint IS NOT NULL"
                        + " ORDER BY changed DESC LIMIT " + MOST_READ,
                row -> new Sent(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5)),
                conversation.guest(),
                conversation.connection(),
                reply.message());
    }

    private static List<Answer> mails(Transaction tx, Conversation conversation, long since) throws SQLException {
        String columns =
                "SELECT id, received, staged, fingerprint, letters, typed, by_person FROM mail WHERE staged >= ? AND ";
        return tx.list(
                columns + "thread = ? UNION " + columns
                        + "sender = ? AND received >= ? AND connection = ? AND thread IS NOT NULL"
                        + " ORDER BY staged DESC, id DESC LIMIT " + MOST_READ,
                row -> new Answer(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getBoolean(7)),
                since,
                conversation.thread(),
                since,
                conversation.guest(),
                tx.now() - RECENT.toMillis(),
                conversation.connection());
    }

    /** A person's program names the mail that it answers; a mail that names none may come from any program. */
    private static boolean answered(Transaction tx, List<Round> rounds) throws SQLException {
        for (Round round : rounds) {
            long mail = round.mail.number();
            boolean namesNone = !tx.exists("SELECT 1 FROM mail_reference" + NAMED + " LIMIT 1", mail);
            boolean namesReply = tx.exists(
                    "SELECT 1 FROM reply WHERE message_id IN (SELECT message_id FROM mail_reference" + NAMED
                            + ") LIMIT 1",
                    mail);
            if (!namesNone && !namesReply) {
                return false;
            }
        }
        return true;
    }

    private static boolean undeliverable(Transaction tx, Reply reply, Conversation conversation) throws SQLException {
        List<Long> failed = tx.list(
                "SELECT state, seen FROM reply WHERE thread = ? AND message <> ? AND fingerprint IS NOT NULL"
                        + " AND state IN ('sent', 'bounced', 'refused') ORDER BY created DESC LIMIT " + MOST_IN_A_LOOP,
                row -> row.getString(1).equals("sent") ? null : row.getLong(2),
                reply.thread(),
                reply.message());
        return failed.size() == MOST_IN_A_LOOP
                && !failed.contains(null)
                && !tx.exists(
                        "SELECT 1 FROM mail WHERE thread = ? AND sender = ? AND staged >= ? LIMIT 1",
                        reply.thread(),
                        conversation.guest(),
                        failed.get(MOST_IN_A_LOOP - 1));
    }
}
