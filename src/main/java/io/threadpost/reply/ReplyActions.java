package io.threadpost.reply;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.Ledger;

/** What a person does about the replies of a conversation. */
@Singleton
public final class ReplyActions {
    private final Ledger ledger;
    private final Conversations conversations;

    ReplyActions(Ledger ledger, Conversations conversations) {
        this.ledger = ledger;
        this.conversations = conversations;
    }

    /**
     * Stops the replies of a conversation: from now on they are withheld.
     *
     * @param why one line for people
     * @return whether they were not stopped before; empty when the thread has no conversation
     */
    public Optional<Boolean> stop(String thread, String why) {
        return ledger.write(tx -> conversations.ofThread(tx, thread).isEmpty()
                ? Optional.empty()
                : Optional.of(conversations.stop(tx, thread, why)));
    }

    /**
     * What resuming did.
     *
     * @param resumed whether replies had been stopped
     * @param released replies that were withheld because of that, and are sent now
     */
    public record Resumed(boolean resumed, int released) {}

    /**
     * Resumes the replies of a conversation. What was sent so far no longer counts as a loop.
     *
     * @param withheld whether those that were withheld meanwhile are sent, too: they are pulled once more
     * @return empty when the thread has no conversation
     */
    public Optional<Resumed> resume(String thread, boolean withheld) {
        return ledger.write(tx -> {
            Optional<Conversation> conversation = conversations.ofThread(tx, thread);
            if (conversation.isEmpty()) {
                return Optional.<Resumed>empty();
            }
            boolean resumed = conversations.resume(tx, thread);
            tx.update(
                    "UPDATE reply SET fingerprint = NULL WHERE state <> 'waiting'"
                            + " AND (thread = ? OR recipient = ? AND connection = ?)",
                    thread,
                    conversation.get().guest(),
                    conversation.get().connection());
            int released = 0;
            if (withheld) {
                long oldest = tx.number(
                        "SELECT MIN(created) FROM reply WHERE thread = ? AND state = 'withheld' AND stopped", thread);
                released = tx.update("DELETE FROM reply WHERE thread = ? AND state = 'withheld' AND stopped", thread);
                if (released > 0) {
                    tx.update(
                            "UPDATE conversation SET moved = moved + 1, asked = CASE WHEN asked < ? THEN asked"
                                    + " ELSE ? END WHERE thread = ?",
                            oldest,
                            oldest,
                            thread);
                }
            }
            return Optional.of(new Resumed(resumed, released));
        });
    }
}
