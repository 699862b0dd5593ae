package io.threadpost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;

import org.apache.qpid.jms.JmsConnectionFactory;

/** What came to the other side: versions of threads as "Id UpdatedUtc" on a queue, and ids of threads in digests. */
public final class Arrivals {
    private static final Pattern ID = Pattern.compile("(?m)^\\s*Id: ([0-9a-f-]{36})\\s*$");
    private static final long NO_MORE_MILLIS = 3000;

    private Arrivals() {}

    /** Takes all messages off a queue. */
    public static List<String> onQueue(String url, String queue) throws JMSException {
        try (Connection connection = new JmsConnectionFactory(url).createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            List<String> versions = new ArrayList<>();
            for (Message message = consumer.receive(NO_MORE_MILLIS);
                    message != null;
                    message = consumer.receive(NO_MORE_MILLIS)) {
                versions.add(message.getStringProperty("Id") + " " + message.getStringProperty("UpdatedUtc"));
            }
            return versions;
        }
    }

    /**
     * Ids of the threads in digests, once for each version that is told. A mail that came again counts once.
     *
     * @throws AssertionError when two mails with one Message-ID are not the same
     */
    public static List<String> inDigests(List<MimeMessage> mails) {
        try {
            Map<String, MimeMessage> different = new HashMap<>();
            for (MimeMessage mail : mails) {
                MimeMessage before = different.putIfAbsent(mail.getMessageID(), mail);
                if (before != null && !same(before, mail)) {
                    throw new AssertionError("two mails under " + mail.getMessageID());
                }
            }
            List<String> ids = new ArrayList<>();
            for (MimeMessage mail : different.values()) {
                ID.matcher(text(mail)).results().forEach(id -> ids.add(id.group(1)));
            }
            return ids;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All but the trace that a server puts before a mail. */
    private static boolean same(MimeMessage one, MimeMessage other) throws MessagingException, IOException {
        return headers(one).equals(headers(other))
                && Arrays.equals(
                        one.getRawInputStream().readAllBytes(),
                        other.getRawInputStream().readAllBytes());
    }

    private static String headers(MimeMessage mail) throws MessagingException {
        return Collections.list(mail.getNonMatchingHeaderLines(new String[] {"Received", "Return-Path"})).stream()
                .collect(Collectors.joining("\n"));
    }

    private static String text(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return part.getContent() instanceof String text
                    ? text
                    : new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        StringBuilder all = new StringBuilder();
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                all.append(text(parts.getBodyPart(i)));
            }
        }
        return all.toString();
    }
}
