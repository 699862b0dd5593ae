package io.threadpost.reply;

import java.util.Map;
import java.util.Optional;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.jboss.logging.Logger;

import io.threadpost.digest.Templates;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.RejectedItemException;
import io.threadpost.spool.SpoolConstants;

/**
 * {@code to: reply:mail}. The body, a message of the hotel, becomes the mail to its guest. The route ends here for one
 * that is withheld, or was settled before: its item came again after a crash.
 */
final class ReplyProducer extends DefaultProducer {
    private static final Logger LOG = Logger.getLogger(ReplyProducer.class);

    private final Replying replying;
    private final ReplyOptions options;
    private final Templates templates;
    private final boolean on;

    /** Renders replies, and records what the mail server refuses. */
    interface Replying {
        /** As {@link ReplyRenderer#render}. */
        Optional<ReplyRenderer.Rendered> render(String message, String text, ReplyOptions options, Templates templates);

        /** As {@link RefusedReplies#record}. */
        void refuse(String message, String reason);
    }

    /** @param on whether replies are sent at all */
    ReplyProducer(Endpoint endpoint, Replying replying, ReplyOptions options, Templates templates, boolean on) {
        super(endpoint);
        this.replying = replying;
        this.options = options;
        this.templates = templates;
        this.on = on;
    }

    /** Reports options and templates that cannot be used before a reply is due, so that they can be fixed in time. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (!on) {
            return;
        }
        try {
            ReplyTemplateCheck.run(options, templates);
        } catch (RuntimeException e) {
            LOG.errorf("reply:mail cannot be rendered, replies will wait: %s", FailureReason.of(e));
        }
    }

    /**
     * @throws RejectedItemException when the body is not a message of the hotel
     * @throws io.threadpost.spool.PostponedException when an earlier reply of its thread comes first, or its guest has
     *     got as many mails as are allowed
     * @throws io.threadpost.spool.TargetDownException when no reply can be rendered
     */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String key = message.getHeader(SpoolConstants.KEY, String.class);
        if (key == null
                || !(message.getBody() instanceof Map<?, ?> body)
                || !(body.get("Text") instanceof String text)) {
            throw new RejectedItemException(
                    "reply:mail needs a message of the hotel with its Text, as items of spool:replies are");
        }
        Optional<ReplyRenderer.Rendered> rendered = replying.render(key, text, options, templates);
        if (rendered.isEmpty()) {
            exchange.setRouteStop(true);
            return;
        }
        rendered.get().mail().write(message, rendered.get().recipient());
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                // Before the item is dead. What this misses is found by ReplyMaintenance.
                if (failed.getException() instanceof RejectedItemException rejected) {
                    replying.refuse(key, rejected.getMessage());
                }
            }
        });
    }
}
