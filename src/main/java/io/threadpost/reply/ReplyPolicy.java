package io.threadpost.reply;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/**
 * Decides whether a reply may be sent at all. Two programs that answer each other are recognised: by three replies in a
 * row that were each answered within seconds and with the same words, by eight that were answered within seconds, or by
 * the hotel's same words for the fourth time. Then the conversation is stopped until a person resumes it.
 */
@Singleton
final class ReplyPolicy {
    private static final int MOST_IN_A_LOOP = 3;
    /** With other words each time: people in a hurry write so few, too. */
    private static final int MOST_QUICK = 8;
    /** Few people read, type and send that fast. */
    private static final Duration GUEST_SECONDS = Duration.ofSeconds(30);
    /** The mailbox is polled, and the mail becomes a message, before the hotel's program sees it. */
    private static final Duration HOTEL_SECONDS = Duration.ofMinutes(2);

    private final Ledger ledger;
    private final Conversations conversations;

    ReplyPolicy(Ledger ledger, Conversations conversations) {
        this.ledger = ledger;
        this.conversations = conversations;
    }

    /**
     * @param fingerprint of the words of the reply
     * @return why it is withheld; empty when it may be sent
     */
    Optional<Refusal> refusal(Reply reply, Conversation conversation, ReplyOptions options, String fingerprint) {
        if (conversation.unanswerable() != null) {
            return refused("not to be answered: " + conversation.unanswerable());
        }
        if (conversation.stopped() != null) {
            return Optional.of(new Refusal(true, "replies are stopped: " + conversation.stopped()));
        }
        if (ReplyOptions.recipient(conversation.guest(), null) == null) {
            return refused("no mail can be sent to the guest's address");
        }
        if (options.isOwn(conversation.guest())) {
            return refused("the guest's address is the one that replies come from");
        }
        if (options.authenticated() && !conversation.authenticated()) {
            return refused("no mail of the guest is authenticated");
        }
        return ledger.write(tx -> {
            Optional<String> loop = loop(tx, reply, fingerprint);
            if (loop.isPresent()) {
                conversations.stop(tx, conversation.thread(), loop.get());
            }
            return loop.map(why -> new Refusal(true, why));
        });
    }

    /**
     * Why a reply is withheld.
     *
     * @param stopped whether it is because the conversation is stopped
     * @param why one line for people
     */
    record Refusal(boolean stopped, String why) {}

    private static Optional<Refusal> refused(String why) {
        return Optional.of(new Refusal(false, why));
    }

    private static Optional<String> loop(Transaction tx, Reply reply, String fingerprint) throws SQLException {
        List<Sent> sent = tx.list(
                "SELECT r.changed, r.fingerprint, r.created," + answer("received") + ", " + answer("fingerprint")
                        + " FROM reply r"
                        + " WHERE r.thread = ? AND r.message <> ? AND r.state IN ('sent', 'bounced')"
                        + " AND r.fingerprint IS NOT NULL ORDER BY r.changed DESC LIMIT " + MOST_QUICK,
                row -> {
                    long answered = row.getLong(4);
                    boolean unanswered = row.wasNull();
                    return new Sent(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            unanswered ? 0 : answered,
                            row.getString(5));
                },
                reply.thread(),
                reply.message());
        int quick = 0;
        int answered = 0;
        boolean same = true;
        String words = sent.isEmpty() ? null : sent.get(0).words();
        long next = Long.MAX_VALUE;
        long hotel = reply.created().toEpochMilli();
        // The newest comes first. Each was answered before the next one was sent.
        for (Sent one : sent) {
            if (one.answered() == 0 || one.answered() > next) {
                break;
            }
            boolean wasQuick = one.answered() - one.changed() <= GUEST_SECONDS.toMillis()
                    && hotel - one.answered() <= HOTEL_SECONDS.toMillis();
            quick += wasQuick && quick == answered ? 1 : 0;
            answered++;
            if (answered <= MOST_IN_A_LOOP) {
                same &= one.fingerprint().equals(fingerprint);
            }
            if (answered == MOST_IN_A_LOOP && same) {
                return Optional.of("the hotel writes the same for the " + (MOST_IN_A_LOOP + 1)
                        + "th time: two programs seem to answer each other");
            }
            if (quick == MOST_IN_A_LOOP && sameWords(sent, words)) {
                return Optional.of("the last " + MOST_IN_A_LOOP + " replies were answered within seconds, with the same"
                        + " words: two programs seem to answer each other");
            }
            if (quick == MOST_QUICK) {
                return Optional.of("the last " + MOST_QUICK + " replies were answered within seconds: two programs seem"
                        + " to answer each other");
            }
            next = one.changed();
            hotel = one.created();
        }
        return Optional.empty();
    }

    private static boolean sameWords(List<Sent> sent, String words) {
        return words != null && sent.stream().limit(MOST_IN_A_LOOP).allMatch(one -> words.equals(one.words()));
    }

    /**
     * @param changed when it was sent
     * @param created when the hotel wrote it
     * @param answered when the next mail came in; 0 without any
     * @param words the fingerprint of that mail; null without it
     */
    private record Sent(long changed, String fingerprint, long created, long answered, String words) {}

    private static String answer(String column) {
        return " (SELECT m." + column + " FROM mail m WHERE m.thread = r.thread AND m.staged >= r.changed"
                + " ORDER BY m.received, m.id LIMIT 1)";
    }
}
