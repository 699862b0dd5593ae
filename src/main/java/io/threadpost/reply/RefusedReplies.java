package io.threadpost.reply;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.add.MessageAddLedger;
import io.threadpost.conversation.UndeliveredReply;
import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Records replies that the mail server refuses, and reports each in its thread, once, as a bounce is. The item of such
 * a reply is dead; one that is replayed is sent again.
 */
@Singleton
final class RefusedReplies {
    private static final Logger LOG = Logger.getLogger(RefusedReplies.class);
    private static final String KEY = "refused-reply-";
    /** How the step {@code sendMail} begins its errors; the hotel's people need not know the host. */
    private static final String SERVER = "^mail server \\S+: ";

    private final Ledger ledger;
    private final Replies replies;
    private final MessageAddLedger staging;
    private final boolean texts;

    RefusedReplies(Ledger ledger, Replies replies, MessageAddLedger staging, Settings settings) {
        this.ledger = ledger;
        this.replies = replies;
        this.staging = staging;
        this.texts = settings.get(SettingsCatalogue.MAIL_TEXT);
    }

    /**
     * @param reason the mail server's words, one line
     * @param reported whether its thread shows it, if it was rendered and messages are added at all
     */
    void record(String message, String reason, boolean reported) {
        Reply reply = replies.find(message).orElse(null);
        if (reply == null || reply.state() != Reply.State.WAITING) {
            return;
        }
        String words = reason.replaceFirst(SERVER, "");
        boolean refused = ledger.write(tx -> {
            boolean now = replies.refuse(tx, message, words);
            if (now && texts && reported && reply.recipient() != null) {
                staging.stage(
                        tx,
                        reply.connection(),
                        KEY + message,
                        reply.thread(),
                        UndeliveredReply.text(reply.recipient(), tx.redacted(words)));
            }
            return now;
        });
        if (refused) {
            LOG.warnf("%s: a reply in thread %s is refused: %s", reply.connection(), reply.thread(), words);
            staging.wake();
            replies.settled(reply.thread());
        }
    }
}
