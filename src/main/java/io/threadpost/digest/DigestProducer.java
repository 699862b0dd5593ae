package io.threadpost.digest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.DefaultProducer;
import org.jboss.logging.Logger;

import io.threadpost.retry.Reason;
import io.threadpost.spool.Item;
import io.threadpost.spool.Rejections;
import io.threadpost.spool.TargetDownException;

/** {@code to: digest:NAME}. The body, a spool's batch of threads, becomes a list of messages, one for each recipient of the mail. */
final class DigestProducer extends DefaultProducer {
    private static final Logger LOG = Logger.getLogger(DigestProducer.class);

    private final DigestOptions options;
    private final Templates templates;
    private final boolean on;

    /** @param on whether digests are sent at all */
    DigestProducer(Endpoint endpoint, DigestOptions options, Templates templates, boolean on) {
        super(endpoint);
        this.options = options;
        this.templates = templates;
        this.on = on;
    }

    /** Says what is broken before a digest is due; until then it can be mended. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (!on) {
            return;
        }
        try {
            TemplateTrial.run(options, templates);
        } catch (RuntimeException e) {
            LOG.errorf("digest:%s cannot be made as it is, its threads will wait: %s", options.name(), Reason.of(e));
        }
    }

    @Override
    public void process(Exchange exchange) {
        List<ThreadRow> threads = threads(exchange);
        boolean all = Rejections.of(exchange).count() > 0 && threads.isEmpty();
        exchange.getMessage().setBody(all ? List.of() : messages(exchange, mail(exchange.getMessage(), threads)));
    }

    /** Whatever is wrong with the digest itself is nobody's thread's fault: it waits until that is mended. */
    private Mail mail(Message message, List<ThreadRow> threads) {
        try {
            Texts texts = options.texts();
            String tick = message.getHeader("ThreadpostTick", String.class);
            Issue issue = new Issue(
                    tick == null ? Instant.now() : Instant.parse(tick),
                    message.getHeader("ThreadpostPart", 1, Integer.class),
                    message.getHeader("ThreadpostParts", 1, Integer.class));
            DigestView view = new DigestView(options, texts, issue);
            Map<String, Object> data = view.data(threads);
            return Mail.compose(
                    options,
                    view.subject(threads.size()),
                    templates.render(options.templateName() + ".txt", data),
                    templates.render(options.templateName() + ".html", data));
        } catch (RuntimeException e) {
            throw new TargetDownException(Reason.of(e), e);
        }
    }

    private static List<ThreadRow> threads(Exchange exchange) {
        Rejections rejections = Rejections.of(exchange);
        List<?> items = exchange.getProperty(Item.LIST, List.class);
        List<?> bodies = exchange.getMessage().getBody(List.class);
        List<ThreadRow> threads = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            try {
                threads.add(ThreadRow.of(bodies.get(i), ((Item) items.get(i)).connection()));
            } catch (RuntimeException e) {
                rejections.add(i, "cannot be shown in a digest: " + e.getMessage());
            }
        }
        return threads;
    }

    private static List<Message> messages(Exchange exchange, Mail mail) {
        List<Message> messages = new ArrayList<>();
        for (String recipient : mail.recipients()) {
            Message message = new DefaultMessage(exchange.getContext());
            message.setBody(mail.bytes());
            message.setHeader(Item.KEY, mail.id() + " " + recipient);
            message.setHeader(Mail.FROM, mail.sender());
            message.setHeader(Mail.TO, recipient);
            messages.add(message);
        }
        return messages;
    }
}
