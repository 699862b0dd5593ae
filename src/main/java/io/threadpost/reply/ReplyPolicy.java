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
 * row that were each answered within seconds and with the same words, or by the hotel's same words for the fourth time.
 * Then the conversation is stopped until a person resumes it. Speed alone is no sign: people in a hurry answer within
 * seconds, too.
 */
@Singleton
final class ReplyPolicy {
    private static final int MOST_IN_A_LOOP = 3;
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
                        + " AND r.fingerprint IS NOT NULL ORDER BY r.changed DESC LIMIT " + MOST_IN_A_LOOP,
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
        if (sent.size() < MOST_IN_A_LOOP || sent.stream().anyMatch(one -> one.answered() == 0)) {
            return Optional.empty();
        }
        // Each was answered before the next one was sent: the newest comes first.
        long next = Long.MAX_VALUE;
        boolean quick = true;
        long hotel = reply.created().toEpochMilli();
        for (Sent one : sent) {
            if (one.answered() > next) {
                return Optional.empty();
            }
            quick &= one.answered() - one.changed() <= GUEST_SECONDS.toMillis()
                    && hotel - one.answered() <= HOTEL_SECONDS.toMillis();
            next = one.changed();
            hotel = one.created();
        }
        String words = sent.get(0).words();
        if (quick && words != null && sent.stream().allMatch(one -> words.equals(one.words()))) {
            return Optional.of("the last " + MOST_IN_A_LOOP + " replies were answered within seconds, with the same"
                    + " words: two programs seem to answer each other");
        }
        return sent.stream().allMatch(one -> one.fingerprint().equals(fingerprint))
                ? Optional.of("the hotel writes the same for the " + (MOST_IN_A_LOOP + 1)
                        + "th time: two programs seem to answer each other")
                : Optional.empty();
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
