package io.threadpost.reply;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.conversation.Conversation;
import io.threadpost.ledger.Transaction;
import io.threadpost.reply.Rounds.Round;
import io.threadpost.reply.Rounds.Sent;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Recognises two programs that answer each other, before the fourth mail of theirs. Only the hotel's messages are sent,
 * so there are two kinds of loops: a program that answers on the platform, against one that answers the guest's mail;
 * and against a mail system that returns every reply. A guest is a program when his mails come, round after round,
 * faster than a person can read and type and quote nothing, or say the same; the hotel is one when it answers soon, or
 * says the same.
 *
 * <p>Programs may write several mails in a round, or get one twice: so replies count, not rounds, and after a round
 * that looks like two programs a reply that would be the fourth waits until the guest's program has had the time to
 * answer those before it.
 */
@Singleton
final class LoopDetector {
    private static final int MOST_IN_A_LOOP = 3;
    /** One round may be a coincidence. */
    private static final int FEWEST_ROUNDS = 2;
    /** Whatever they say and however long they are: people in a hurry write so few. */
    private static final int MOST_QUICK = 8;
    /** Few people read, type and send that fast. */
    private static final Duration QUICK = Duration.ofSeconds(30);
    /** A program that polls a mailbox. */
    private static final Duration POLLED = Duration.ofMinutes(15);
    /** Words that people say again and again are shorter. */
    private static final int LONG = 60;
    /** Programs of hotels ask the platform now and then. */
    private static final Duration HOTEL_SOON = Duration.ofMinutes(2);
    /** 150 words a minute, as in dictation. */
    private static final int MILLIS_PER_LETTER = 80;

    private static final Duration LONGEST_TYPING = Duration.ofMinutes(1);
    private static final String NAMED = " WHERE mail = ? AND kind IN ('reply', 'reference')";

    private final Duration person;

    LoopDetector(Settings settings) {
        this.person = settings.get(SettingsCatalogue.REPLIES_PERSON_DELAY);
    }

    /**
     * What a reply would do.
     *
     * @param loop why it would continue a loop, one line for people; null when it does not
     * @param delay how long it waits until that is known; zero when it does not wait
     */
    record LoopFinding(String loop, Duration delay) {
        private static final LoopFinding NONE = new LoopFinding(null, Duration.ZERO);

        private static LoopFinding programs(String why) {
            return new LoopFinding(why + ": two programs seem to answer each other", Duration.ZERO);
        }
    }

    /** @param fingerprint of the words of the reply */
    LoopFinding find(Transaction tx, Reply reply, Conversation conversation, String fingerprint) throws SQLException {
        if (undeliverable(tx, reply, conversation)) {
            return new LoopFinding("the last " + MOST_IN_A_LOOP + " replies could not be delivered", Duration.ZERO);
        }
        Rounds rounds = Rounds.read(tx, reply, conversation);
        if (rounds.answered().isEmpty()) {
            return LoopFinding.NONE;
        }
        Rounds.Answer newest = rounds.answered().get(0).mail();
        Rule sameWords = (round, sent) -> newest.fingerprint() != null
                && newest.fingerprint().equals(round.mail().fingerprint());
        Rule sameReply = (round, sent) -> fingerprint.equals(sent.fingerprint());
        Rule inThread = (round, sent) -> sent.thread().equals(reply.thread());
        Rule hotelSoon = (round, sent) -> round.hotelWithin(HOTEL_SOON);
        Rule tooFast = hotelSoon.and((round, sent) -> tooFast(round, sent) && answers(tx, round));
        Rule soon = (round, sent) -> round.within(sent, newest.letters() >= LONG ? POLLED : QUICK);
        Rule quick = inThread.and(hotelSoon).and((round, sent) -> round.within(sent, QUICK));

        long same = rounds.unanswered().stream()
                .filter(sent ->
                        fingerprint.equals(sent.fingerprint()) && sent.thread().equals(reply.thread()))
                .count();
        if (streak(rounds, sameReply.and(inThread)).isLoop(same)
                || streak(rounds, sameReply.and(sameWords)).isLoop(0)) {
            return LoopFinding.programs("the hotel writes the same for the " + (MOST_IN_A_LOOP + 1) + "th time");
        }
        Streak fast = streak(rounds, tooFast);
        if (fast.isLoop(0)) {
            return LoopFinding.programs(
                    "the last " + fast.replies() + " replies were answered faster than a person can");
        }
        Streak soonSame = streak(rounds, hotelSoon.and(sameWords).and(soon));
        if (soonSame.isLoop(0)) {
            return LoopFinding.programs(
                    "the last " + soonSame.replies() + " replies were answered soon, with the same words");
        }
        if (streak(rounds, quick).rounds() >= MOST_QUICK) {
            return LoopFinding.programs("the last " + MOST_QUICK + " replies were answered within seconds");
        }
        return new LoopFinding(null, delay(tx, rounds.unanswered(), fast));
    }

    /** What a round and one of its replies have to be. */
    private interface Rule {
        boolean holds(Round round, Sent sent) throws SQLException;

        default Rule and(Rule other) {
            return (round, sent) -> holds(round, sent) && other.holds(round, sent);
        }
    }

    /** The newest rounds of a kind, one after the other, and how many replies of that kind were in them. */
    private record Streak(int rounds, int replies) {
        /** @param more replies of that kind that no mail has answered yet */
        boolean isLoop(long more) {
            return rounds >= FEWEST_ROUNDS && replies + more >= MOST_IN_A_LOOP;
        }
    }

    private static Streak streak(Rounds rounds, Rule rule) throws SQLException {
        int replies = 0;
        int count = 0;
        for (Round round : rounds.answered()) {
            if (!rule.holds(round, round.sent().get(0))) {
                break;
            }
            count++;
            for (Sent sent : round.sent()) {
                replies += rule.holds(round, sent) ? 1 : 0;
            }
        }
        return new Streak(count, replies);
    }

    private boolean tooFast(Round round, Sent sent) {
        Duration typing = Duration.ofMillis((long) round.mail().typed() * MILLIS_PER_LETTER);
        return !person.isZero()
                && !round.mail().byPerson()
                && round.within(sent, person.plus(typing.compareTo(LONGEST_TYPING) < 0 ? typing : LONGEST_TYPING));
    }

    /** A program has answered within that time, or none does. After a clock was ahead, that time has passed, too. */
    private Duration delay(Transaction tx, List<Sent> unanswered, Streak fast) throws SQLException {
        if (unanswered.isEmpty() || fast.rounds() == 0 || fast.replies() + unanswered.size() < MOST_IN_A_LOOP) {
            return Duration.ZERO;
        }
        long oldest = unanswered.get(unanswered.size() - 1).accepted();
        long longest = person.plus(LONGEST_TYPING).toMillis();
        long delay = oldest + longest - tx.now();
        return Duration.ofMillis(delay < 0 || delay > longest ? 0 : delay);
    }

    /** A person's program names the mail that it answers; a mail that names none may come from any program. */
    private static boolean answers(Transaction tx, Round round) throws SQLException {
        long mail = round.mail().number();
        return !tx.exists("SELECT 1 FROM mail_reference" + NAMED + " LIMIT 1", mail)
                || tx.exists(
                        "SELECT 1 FROM reply WHERE message_id IN (SELECT message_id FROM mail_reference" + NAMED
                                + ") LIMIT 1",
                        mail);
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
