package io.threadpost.reply;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import jakarta.inject.Singleton;
import jakarta.mail.internet.InternetAddress;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jboss.logging.Logger;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.conversation.SigningKey;
import io.threadpost.digest.Templates;
import io.threadpost.ledger.Ledger;
import io.threadpost.retry.DurationFormat;
import io.threadpost.retry.FailureReason;
import io.threadpost.smtp.OutgoingMail;
import io.threadpost.spool.PostponedException;
import io.threadpost.spool.RejectedItemException;
import io.threadpost.spool.TargetDownException;

/** Renders a reply, or withholds it. What its mail is known by is recorded before the mail leaves here. */
@Singleton
final class ReplyRenderer {
    private static final Logger LOG = Logger.getLogger(ReplyRenderer.class);
    private static final JsonMapper JSON = new JsonMapper();
    /** The earlier reply's end hastens it; this is for one that another node ends. */
    private static final Duration BEHIND = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final Replies replies;
    private final Conversations conversations;
    private final ReplyPolicy policy;
    private final SigningKey key;
    private final ReplyMeters meters;

    ReplyRenderer(
            Ledger ledger,
            Replies replies,
            Conversations conversations,
            ReplyPolicy policy,
            SigningKey key,
            ReplyMeters meters) {
        this.ledger = ledger;
        this.replies = replies;
        this.conversations = conversations;
        this.policy = policy;
        this.key = key;
        this.meters = meters;
    }

    /**
     * @param message the {@code Id} of the hotel's message
     * @param text what the hotel wrote
     * @return empty when it is withheld, or was settled before
     * @throws PostponedException when an earlier reply of its thread comes first, its guest has got enough mails, or
     *     two programs may answer each other
     */
    Optional<Rendered> render(String message, String text, ReplyOptions options, Templates templates) {
        Reply reply = replies.find(message)
                .orElseThrow(() -> new RejectedItemException("message " + message + " was not pulled as a reply"));
        if (reply.state() != Reply.State.WAITING && reply.state() != Reply.State.REFUSED) {
            return Optional.empty();
        }
        if (replies.isBehindAnother(reply)) {
            replies.waits(message, "an earlier reply of its thread comes first");
            throw new PostponedException(BEHIND, "an earlier reply of thread " + reply.thread() + " comes first");
        }
        Conversation conversation = conversations
                .ofThread(reply.thread())
                .orElseThrow(() -> new RejectedItemException("thread " + reply.thread() + " has no conversation"));
        try {
            options.sender();
            options.answerAddress("token");
        } catch (IllegalArgumentException e) {
            throw new TargetDownException(FailureReason.of(e), e);
        }
        String fingerprint = key.fingerprint(text);
        // One that may have been sent is sent: a second look could only lose it.
        Optional<ReplyPolicy.Refusal> refusal = reply.messageId() != null
                ? Optional.empty()
                : policy.refusal(reply, conversation, options, fingerprint);
        if (refusal.isPresent()) {
            if (!refusal.get().delay().isZero()) {
                replies.waits(message, refusal.get().why());
                throw new PostponedException(
                        refusal.get().delay(), refusal.get().why());
            }
            withhold(reply, refusal.get());
            return Optional.empty();
        }
        return Optional.of(mail(reply, conversation, text, fingerprint, options, templates));
    }

    /**
     * @param mail as it is sent
     * @param recipient a plain address
     */
    record Rendered(OutgoingMail mail, String recipient) {}

    private Rendered mail(
            Reply reply,
            Conversation conversation,
            String text,
            String fingerprint,
            ReplyOptions options,
            Templates templates) {
        OutgoingMail mail;
        try {
            String domain = options.sender().getAddress().replaceFirst(".*@", "");
            String id = reply.messageId() != null
                    ? reply.messageId()
                    : ReplyMail.messageId(key.sign("message-id", reply.message()), domain);
            InternetAddress answerTo = options.answerAddress(conversations.token(conversation));
            mail = content(reply, conversation, text)
                    .compose(options, templates, id, conversations.reportKey(id), answerTo);
        } catch (RuntimeException e) {
            // No reply can be rendered: it is the failure of the target, not of this item.
            throw new TargetDownException(FailureReason.of(e), e);
        }
        long wait = replies.record(reply, mail.id(), conversation.guest(), fingerprint, options.rate());
        if (wait > 0) {
            String why = options.rate() + " mails to this address in an hour; it waits "
                    + DurationFormat.text(Duration.ofMillis(wait));
            replies.waits(reply.message(), why);
            throw new PostponedException(Duration.ofMillis(wait), why);
        }
        return new Rendered(mail, conversation.guest());
    }

    private ReplyMail content(Reply reply, Conversation conversation, String text) {
        Optional<Conversation.Mail> last = conversations.lastMail(conversation);
        return new ReplyMail(
                text,
                reply.created(),
                conversation.guest(),
                conversation.guestName(),
                last.map(Conversation.Mail::subject).orElse(conversation.subject()),
                last.map(Conversation.Mail::messageId).orElse(null),
                conversations.messageIds(conversation.thread()),
                last.map(mail -> language(mail.number())).orElse(""));
    }

    /** @return what the guest's mail program declares; empty without it */
    private String language(long mail) {
        return ledger.read(
                        tx -> tx.one("SELECT reading FROM mail_reading WHERE mail = ?", row -> row.getString(1), mail))
                .map(reading -> {
                    try {
                        return JSON.readTree(reading)
                                .path("headers")
                                .path("content-language")
                                .asText("")
                                .split("[,;\\s]")[0];
                    } catch (IOException e) {
                        return "";
                    }
                })
                .orElse("");
    }

    private void withhold(Reply reply, ReplyPolicy.Refusal refusal) {
        String why = refusal.why();
        boolean withheld = ledger.write(tx -> replies.withhold(tx, reply.message(), refusal.stopped(), why));
        if (withheld) {
            meters.withheld(reply);
            replies.settled(reply.thread());
            LOG.warnf("%s: a reply in thread %s is withheld: %s", reply.connection(), reply.thread(), why);
        }
    }
}
