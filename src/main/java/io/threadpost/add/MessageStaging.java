package io.threadpost.add;

import java.util.List;

import jakarta.inject.Singleton;

/** Stages the messages that are to be added to a thread. */
@Singleton
public final class MessageStaging {
    private final MessageLedger messageLedger;

    MessageStaging(MessageLedger messageLedger) {
        this.messageLedger = messageLedger;
    }

    /**
     * Stages the messages of a mail, and delivers one item for them to {@code spool:messages}, both on disk when this
     * returns. A mail whose messages were staged before keeps those.
     *
     * @param mail its number
     * @param key identifies it within the connection
     * @param thread the {@code Id} of the thread that they are added to
     * @param texts at least one, none empty, in their order
     * @return whether they were staged now
     */
    public boolean stage(long mail, String connection, String key, String thread, List<String> texts) {
        return messageLedger.stage(mail, connection, key, thread, texts);
    }
}
