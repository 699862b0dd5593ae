package io.threadpost.mailbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;

import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;

/**
 * What identifies and dates a mail in a folder, without its content.
 *
 * @param received INTERNALDATE; null when the server sends none that can be read
 * @param size as the server reports it, which may be a guess; -1 when it does not
 * @param messageId null without one; at most the first 500 characters
 * @param handedOver when the last server on its way took it, by the topmost Received; null when that is unknown
 */
record MessageSummary(long uid, Instant received, long size, String messageId, Instant handedOver) {
    private static final String ITEMS = "(UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID RECEIVED)])";
    private static final int LONGEST_HEADER = 256 * 1024;
    /** An index of PostgreSQL holds 2,704 bytes. */
    private static final int LONGEST_ID = 500;
    /** How wrong a server's clock may be before a new mail is taken for an old one. */
    private static final Duration SLACK = Duration.ofHours(1);
    /** There was no IMAP before: servers send such a date when they know none. */
    private static final Instant FIRST_DATE = Instant.parse("1990-01-01T00:00:00Z");

    /**
     * Asks the server, which is cheap.
     *
     * @param uids one, or a range
     * @return those whose answer can be read
     */
    static List<MessageSummary> fetch(ImapConnection connection, String uids) throws ProtocolException {
        List<MessageSummary> summaries = new ArrayList<>();
        for (FetchResponse answer : connection.fetch(uids, ITEMS)) {
            long uid = ImapConnection.uid(answer);
            BODY header = answer.getItem(BODY.class);
            if (uid > 0 && header != null) {
                summaries.add(of(uid, received(answer), size(answer), bytes(header.getByteArray())));
            }
        }
        return summaries;
    }

    /** @param raw the mail, fetched into a file */
    static MessageSummary of(long uid, Instant received, long size, Path raw) throws IOException {
        try (InputStream in = Files.newInputStream(raw)) {
            return of(uid, received, size, in.readNBytes(LONGEST_HEADER));
        }
    }

    /** @param header the beginning of a mail, or some fields of its header */
    static MessageSummary of(long uid, Instant received, long size, byte[] header) {
        try {
            InternetHeaders headers = new InternetHeaders(new ByteArrayInputStream(header), true);
            String[] id = headers.getHeader("Message-ID");
            String[] trace = headers.getHeader("Received");
            return new MessageSummary(
                    uid, received, size, id == null ? null : id(id[0]), trace == null ? null : time(trace[0]));
        } catch (MessagingException e) {
            return new MessageSummary(uid, received, size, null, null);
        }
    }

    /** @return null when the answer has no INTERNALDATE */
    static Instant received(FetchResponse answer) {
        INTERNALDATE date = answer.getItem(INTERNALDATE.class);
        return date == null || date.getDate() == null ? null : date.getDate().toInstant();
    }

    /** @return -1 when the answer has no size */
    static long size(FetchResponse answer) {
        RFC822SIZE size = answer.getItem(RFC822SIZE.class);
        return size == null ? -1 : size.size;
    }

    private static byte[] bytes(ByteArray header) {
        return header == null
                ? new byte[0]
                : Arrays.copyOfRange(header.getBytes(), header.getStart(), header.getStart() + header.getCount());
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
     * Whether the mail is older than the start of its mailbox. A mail that was there at the first poll is old when
     * either date says so, as moving it to another server may have given it a new INTERNALDATE. One that came later is
     * old only when all dates say so: then it was moved or copied from elsewhere.
     *
     * @param existed whether it was there at the first poll
     */
    boolean before(Instant begins, boolean existed) {
        Instant dated = received == null || received.isBefore(FIRST_DATE) ? null : received;
        boolean oldDate = dated != null && dated.isBefore(existed ? begins : begins.minus(SLACK));
        boolean oldTrace = handedOver != null && handedOver.isBefore(begins.minus(SLACK));
        if (existed) {
            return oldDate || oldTrace;
        }
        return (oldDate || oldTrace) && (oldDate || dated == null) && (oldTrace || handedOver == null);
    }
}
