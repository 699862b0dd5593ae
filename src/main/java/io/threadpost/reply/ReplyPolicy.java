package io.threadpost.reply;

import java.time.Duration;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.Ledger;

/**
 * Decides whether a reply may be sent at all. Two programs that answer each other stop their conversation until a
 * person resumes it, see {@link LoopDetector}.
 */
@Singleton
final class ReplyPolicy {
    private final Ledger ledger;
    private final Conversations conversations;
    private final LoopDetector detector;

    ReplyPolicy(Ledger ledger, Conversations conversations, LoopDetector detector) {
        this.ledger = ledger;
        this.conversations = conversations;
        this.detector = detector;
    }

    /**
     * @param fingerprint of the words of the reply
     * @return why it is withheld, or waits; empty when it may be sent
     */
    Optional<Refusal> refusal(Reply reply, Conversation conversation, ReplyOptions options, String fingerprint) {
        if (conversation.unanswerable() != null) {
            return refused("not to be answered: " + conversation.unanswerable());
        }
        if (conversation.stopped() != null) {
            return Optional.of(new Refusal(true, Duration.ZERO, "replies are stopped: " + conversation.stopped()));
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
            LoopDetector.LoopFinding finding = detector.find(tx, reply, conversation, fingerprint);
            if (finding.loop() != null) {
                conversations.stop(tx, conversation.thread(), finding.loop());
                return Optional.of(new Refusal(true, Duration.ZERO, finding.loop()));
            }
            return finding.delay().isZero()
                    ? Optional.empty()
                    : Optional.of(
                            new Refusal(false, finding.delay(), "it waits for an answer to the replies before it"));
        });
    }

    /**
     * Why a reply is not sent.
     *
     * @param stopped whether it is withheld because the conversation is stopped
     * @param delay when it is not withheld, how long it waits; else zero
     * @param why one line for people
     */
    record Refusal(boolean stopped, Duration delay, String why) {}

    private static Optional<Refusal> refused(String why) {
        return Optional.of(new Refusal(false, Duration.ZERO, why));
    }
}
