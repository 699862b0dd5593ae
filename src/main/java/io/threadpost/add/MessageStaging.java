package io.threadpost.add;

import java.sql.SQLException;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Transaction;

/** Stages the messages that are to be added to a thread. */
@Singleton
public class MessageStaging {
    /** The numbers of mails begin at 1. */
    private static final long NO_MAIL = 0;

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

    /**
     * Stages a message that no mail is the text of, with the caller's transaction; call {@link #wake} after the commit.
     *
     * @param key identifies it within the connection, and differs from those of mails
     * @return false when it was staged before
     */
    public boolean stage(Transaction tx, String connection, String key, String thread, String text)
            throws SQLException {
        return messageLedger.stage(tx, NO_MAIL, connection, key, thread, List.of(text));
    }

    /** Wakes the consumer of {@code spool:messages}. */
    public void wake() {
        messageLedger.wake();
    }
}
