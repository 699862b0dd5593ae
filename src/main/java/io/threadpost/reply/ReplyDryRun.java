package io.threadpost.reply;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

import io.threadpost.digest.Templates;
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.TargetSystem;
import io.threadpost.smtp.OutgoingMail;
import io.threadpost.spool.RejectedItemException;
import io.threadpost.spool.TargetDownException;

/**
 * The Camel component {@code reply:mail} without a ledger: a message of the hotel becomes the mail to the guest of the
 * conversation that the caller gives. None is withheld, but one without a usable address is rejected.
 */
public final class ReplyDryRun extends DefaultComponent implements ReplyProducer.Replying {
    private static final String SCHEME = "reply";
    /** Stands for what only an installation signs. */
    private static final String SIGNED = "preview";

    private final Settings settings;
    private Given given = Given.SAMPLE;

    public ReplyDryRun(Settings settings) {
        this.settings = settings;
    }

    /**
     * The guest's last mail in the conversation.
     *
     * @param guest a canonical address; empty without one
     * @param guestName empty without one
     * @param messageId empty without one
     * @param references Message-IDs of the conversation, the oldest first
     * @param language as the guest's mail program declares it; empty without it
     */
    public record Given(
            String guest,
            String guestName,
            String subject,
            String messageId,
            List<String> references,
            String language) {
        /** A mail about which nothing is known. */
        public static final Given SAMPLE = new Given("guest@example.com", "", "Subject", "", List.of(), "");
    }

    /** Begins another conversation. */
    public void begin(Given conversation) {
        given = conversation;
    }

    /** The service files name the component that has a ledger. */
    @Override
    public String getDefaultName() {
        return SCHEME;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String what, Map<String, Object> parameters) throws Exception {
        Templates templates = new Templates(settings.get(SettingsCatalogue.DIGEST_TEMPLATES));
        ReplyEndpoint endpoint = new ReplyEndpoint(
                uri, this, what, this, templates, settings.on().contains(TargetSystem.REPLIES));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    public Optional<ReplyRenderer.Rendered> render(
            String message, String text, ReplyOptions options, Templates templates) {
        ReplyMail reply = new ReplyMail(
                text,
                Instant.EPOCH,
                given.guest(),
                given.guestName(),
                given.subject(),
                given.messageId(),
                given.references(),
                given.language());
        if (ReplyOptions.recipient(given.guest(), null) == null) {
            throw new RejectedItemException("no mail can be sent to the guest's address, so the reply is withheld");
        }
        try {
            String id = "<" + SIGNED + "@" + options.sender().getAddress().replaceFirst(".*@", "") + ">";
            OutgoingMail mail = reply.compose(options, templates, id, SIGNED, options.answerAddress(SIGNED));
            return Optional.of(new ReplyRenderer.Rendered(mail, given.guest()));
        } catch (RuntimeException e) {
            throw new TargetDownException(FailureReason.of(e), e);
        }
    }

    /** Nothing is sent, so nothing is refused. */
    @Override
    public void refuse(String message, String reason) {}
}
