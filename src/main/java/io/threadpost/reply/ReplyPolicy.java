package io.threadpost.reply;

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
            Optional<String> loop = detector.loop(tx, reply, conversation, fingerprint);
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
}
