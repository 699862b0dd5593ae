package io.threadpost.digest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.mail.internet.InternetAddress;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.DefaultProducer;
import org.jboss.logging.Logger;

import io.threadpost.retry.FailureReason;
import io.threadpost.smtp.OutgoingMail;
import io.threadpost.spool.Rejections;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.TargetDownException;

/**
 * {@code to: digest:NAME}. The body, a spool's batch of threads, becomes a list of messages, one for each recipient of
 * the mail.
 */
final class DigestProducer extends DefaultProducer {
    private static final Logger LOG = Logger.getLogger(DigestProducer.class);

    /** Bytes of HTML: Gmail clips a mail at 102 kB. */
    private static final int LONGEST = 90_000;

    private static final String MAIL = "mail ";

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

    /** Reports a broken digest before it is due, so that it can be fixed in time. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (!on) {
            return;
        }
        try {
            TemplateCheck.run(options, templates);
        } catch (RuntimeException e) {
            LOG.errorf("digest:%s cannot be rendered, its threads will wait: %s", options.name(), FailureReason.of(e));
        }
    }

    @Override
    public void process(Exchange exchange) {
        ThreadRow[] items = threads(exchange);
        List<ThreadRow> versions = Stream.of(items).filter(Objects::nonNull).toList();
        boolean asked = versions.isEmpty() && Rejections.of(exchange).count() == 0;
        List<ThreadRow> threads = newest(versions);
        List<Message> messages = new ArrayList<>();
        Map<ThreadRow, String> receipts = new IdentityHashMap<>();
        if (asked || !threads.isEmpty()) {
            for (Slice slice : slices(exchange.getMessage(), threads)) {
                slice.threads()
                        .forEach(thread ->
                                receipts.put(thread, MAIL + slice.mail().mail().id()));
                messages.addAll(messages(exchange, slice.mail()));
            }
        }
        exchange.setProperty(
                SpoolConstants.RECEIPT,
                Stream.of(items)
                        .map(thread -> receipts.getOrDefault(thread, thread == null ? null : leftOut(thread)))
                        .toList());
        exchange.getMessage().setBody(messages);
    }

    private String leftOut(ThreadRow thread) {
        return options.openOnly() && Boolean.TRUE.equals(thread.resolved())
                ? "no mail, since it is resolved"
                : "no mail, since the digest has a newer version";
    }

    /** A mail and the threads in it. */
    private record Slice(List<ThreadRow> threads, DigestMail mail) {}

    /** Each thread once, in its newest version; by connection, newest first. */
    private List<ThreadRow> newest(List<ThreadRow> versions) {
        Map<List<Object>, ThreadRow> newest = new HashMap<>();
        for (ThreadRow version : versions) {
            newest.merge(
                    Arrays.asList(
                            version.connection(), version.id(), options.everyVersion() ? version.updatedUtc() : ""),
                    version,
                    (one, other) -> other.updated().isBefore(one.updated()) ? one : other);
        }
        boolean openOnly = options.openOnly();
        return newest.values().stream()
                .filter(thread -> !openOnly || !Boolean.TRUE.equals(thread.resolved()))
                .sorted(Comparator.comparing((ThreadRow thread) -> String.valueOf(thread.connection()))
                        .thenComparing(DigestView.NEWEST_FIRST))
                .toList();
    }

    /** A failure of the digest itself is no thread's fault: the threads wait until it is fixed. */
    private List<Slice> slices(Message message, List<ThreadRow> threads) {
        try {
            MailTexts mailTexts = options.texts();
            String tick = message.getHeader(SpoolConstants.TICK, String.class);
            DigestView.Issue issue = new DigestView.Issue(
                    tick == null ? Instant.now() : Instant.parse(tick),
                    message.getHeader(SpoolConstants.PART, 1, Integer.class),
                    message.getHeader(SpoolConstants.PARTS, 1, Integer.class));
            List<List<ThreadRow>> slices = slices(threads, new DigestView(options, mailTexts, issue));
            List<Slice> mails = new ArrayList<>();
            for (int i = 0; i < slices.size(); i++) {
                DigestView.Issue slice = slices.size() == 1 ? issue : issue.slice(i + 1, slices.size());
                mails.add(new Slice(slices.get(i), mail(slices.get(i), new DigestView(options, mailTexts, slice))));
            }
            return mails;
        } catch (RuntimeException e) {
            throw new TargetDownException(FailureReason.of(e), e);
        }
    }

    private DigestMail mail(List<ThreadRow> threads, DigestView view) {
        Map<String, Object> data = view.data(threads);
        return DigestMail.compose(
                options,
                view.subject(threads.size()),
                templates.render(options.templateName() + ".txt", data),
                templates.render(options.templateName() + ".html", data));
    }

    /** Few enough threads in each that no mail client clips the mail. */
    private List<List<ThreadRow>> slices(List<ThreadRow> threads, DigestView view) {
        if (threads.size() < 2
                || templates
                                .render(options.templateName() + ".html", view.data(threads))
                                .getBytes(StandardCharsets.UTF_8)
                                .length
                        <= LONGEST) {
            return List.of(threads);
        }
        int half = (threads.size() + 1) / 2;
        List<List<ThreadRow>> slices = new ArrayList<>(slices(threads.subList(0, half), view));
        slices.addAll(slices(threads.subList(half, threads.size()), view));
        return slices;
    }

    /** @return one for each item of the batch; null for those that are rejected */
    private static ThreadRow[] threads(Exchange exchange) {
        Rejections rejections = Rejections.of(exchange);
        List<?> items = exchange.getProperty(SpoolConstants.ITEMS, List.class);
        List<?> bodies = exchange.getMessage().getBody(List.class);
        ThreadRow[] threads = new ThreadRow[bodies.size()];
        for (int i = 0; i < bodies.size(); i++) {
            try {
                threads[i] = ThreadRow.of(bodies.get(i), ((SpoolItem) items.get(i)).connection());
            } catch (RuntimeException e) {
                rejections.add(i, "cannot be shown in a digest: " + e.getMessage());
            }
        }
        return threads;
    }

    private static List<Message> messages(Exchange exchange, DigestMail digestMail) {
        List<Message> messages = new ArrayList<>();
        for (String recipient : digestMail.recipients()) {
            Message message = new DefaultMessage(exchange.getContext());
            digestMail.mail().write(message, recipient);
            message.setHeader(SpoolConstants.KEY, digestMail.mail().id() + " " + recipient);
            messages.add(message);
        }
        return messages;
    }

    /**
     * The mail of a digest, for several recipients, each of whom gets the same bytes.
     *
     * @param mail as it is sent
     * @param recipients plain addresses
     */
    private record DigestMail(OutgoingMail mail, List<String> recipients) {
        /**
         * @param text the plain text alternative
         * @throws IllegalArgumentException when an address cannot be used, in one line for people
         */
        static DigestMail compose(DigestOptions options, String subject, String text, String html) {
            InternetAddress sender = options.sender();
            List<InternetAddress> recipients = options.recipients();
            String domain = sender.getAddress().substring(sender.getAddress().lastIndexOf('@') + 1);
            String id = "<" + UUID.randomUUID() + "@" + domain + ">";
            OutgoingMail mail = new OutgoingMail.Composer(id, Instant.now(), sender, recipients)
                    .subject(subject)
                    // RFC 3834: no auto-responder shall answer; Exchange looks at the second.
                    .header("Auto-Submitted", "auto-generated")
                    .header("X-Auto-Response-Suppress", "All")
                    .header("X-Threadpost", "digest")
                    .alternatives(text, html, "=_" + UUID.randomUUID());
            return new DigestMail(
                    mail,
                    recipients.stream()
                            .map(InternetAddress::getAddress)
                            .distinct()
                            .toList());
        }
    }
}
