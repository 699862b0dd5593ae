package io.threadpost.mailbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;

/**
 * What a mail's header says about its way here.
 *
 * @param messageId null when it has none; at most the first 500 characters
 * @param handedOver when the last server on its way took it, by the topmost Received; null when that cannot be told
 */
record MessageTrace(String messageId, Instant handedOver) {
    private static final int HEADER = 256 * 1024;
    /** An index of PostgreSQL holds 2,704 bytes. */
    private static final int LONGEST_ID = 500;
    /** How wrong a server's clock may be for a new mail not to be taken for an old one. */
    private static final Duration SLACK = Duration.ofHours(1);
    /** There was no IMAP before; a date like that is a server's way to say that it knows none. */
    private static final Instant FIRST_DATE = Instant.parse("1990-01-01T00:00:00Z");

    static MessageTrace of(Path raw) throws IOException {
        try (InputStream in = Files.newInputStream(raw)) {
            return of(in.readNBytes(HEADER));
        }
    }

    /** @param header the beginning of a mail, or only some of its header */
    static MessageTrace of(byte[] header) {
        try {
            InternetHeaders headers = new InternetHeaders(new ByteArrayInputStream(header), true);
            String[] id = headers.getHeader("Message-ID");
            String[] received = headers.getHeader("Received");
            return new MessageTrace(id == null ? null : id(id[0]), received == null ? null : time(received[0]));
        } catch (MessagingException e) {
            return new MessageTrace(null, null);
        }
    }

    private static String id(String written) {
        String id = written.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return id.isEmpty() ? null : id.substring(0, Math.min(LONGEST_ID, id.length()));
    }

    private static Instant time(String received) {
        try {
            return new MailDateFormat()
                    .parse(received.substring(received.lastIndexOf(';') + 1).strip())
                    .toInstant();
        } catch (ParseException | RuntimeException e) {
            return null;
        }
    }

    /**
     * Whether the mail came before that time. One that was there when the mailbox was looked into first is old when
     * anything says so, as a move to another server may have given it a new date. One that came later is old only when
     * all says so: it was moved or copied from elsewhere.
     *
     * @param received INTERNALDATE; null when there is none
     * @param existed whether it was there already
     */
    boolean before(Instant begins, Instant received, boolean existed) {
        Instant dated = received == null || received.isBefore(FIRST_DATE) ? null : received;
        boolean oldDate = dated != null && dated.isBefore(existed ? begins : begins.minus(SLACK));
        boolean oldTrace = handedOver != null && handedOver.isBefore(begins.minus(SLACK));
        if (existed) {
            return oldDate || oldTrace;
        }
        return (oldDate || oldTrace) && (oldDate || dated == null) && (oldTrace || handedOver == null);
    }
}
