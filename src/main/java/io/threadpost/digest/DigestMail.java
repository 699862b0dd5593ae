package io.threadpost.digest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeUtility;

/**
 * A complete mail by RFC 5322, for several recipients, each of whom gets these bytes.
 *
 * @param id its Message-ID, with the angle brackets
 * @param sender the plain address that bounces go to
 * @param recipients plain addresses
 * @param bytes the whole mail, ASCII; must not be changed
 */
record DigestMail(String id, String sender, List<String> recipients, byte[] bytes) {
    /** The message header with the envelope's sender, a plain address. */
    static final String FROM = "ThreadpostMailFrom";
    /** The message header with the envelope's recipient, one plain address. */
    static final String TO = "ThreadpostMailTo";

    /**
     * @param text the plain text alternative
     * @throws IllegalArgumentException when an address cannot be used, in one line for people
     */
    static DigestMail compose(DigestOptions options, String subject, String text, String html) {
        InternetAddress sender = options.sender();
        List<InternetAddress> recipients = options.recipients();
        String domain = sender.getAddress().substring(sender.getAddress().lastIndexOf('@') + 1);
        String id = "<" + UUID.randomUUID() + "@" + domain + ">";
        String boundary = "=_" + UUID.randomUUID();
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * (text.length() + html.length()) + 2048);
        try {
            header(out, "Date", new MailDateFormat().format(new Date()));
            header(out, "From", encoded(List.of(sender), "From"));
            header(out, "To", encoded(recipients, "To"));
            header(out, "Message-ID", id);
            header(out, "Subject", MimeUtility.fold(9, MimeUtility.encodeText(subject, "UTF-8", null)));
            header(out, "MIME-Version", "1.0");
            // RFC 3834: no auto-responder shall answer; Exchange looks at the second.
            header(out, "Auto-Submitted", "auto-generated");
            header(out, "X-Auto-Response-Suppress", "All");
            header(out, "X-Threadpost", "digest");
            header(out, "Content-Type", "multipart/alternative;\r\n boundary=\"" + boundary + "\"");
            part(out, boundary, "text/plain", text);
            part(out, boundary, "text/html", html);
            ascii(out, "\r\n--" + boundary + "--\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
        return new DigestMail(
                id,
                sender.getAddress(),
                recipients.stream().map(InternetAddress::getAddress).distinct().toList(),
                out.toByteArray());
    }

    private static void part(ByteArrayOutputStream out, String boundary, String type, String content)
            throws IOException, MessagingException {
        ascii(out, "\r\n--" + boundary + "\r\n");
        header(out, "Content-Type", type + "; charset=UTF-8");
        header(out, "Content-Transfer-Encoding", "quoted-printable");
        ascii(out, "\r\n");
        OutputStream encoder = MimeUtility.encode(out, "quoted-printable");
        encoder.write(content.getBytes(StandardCharsets.UTF_8));
        encoder.flush();
    }

    private static String encoded(List<InternetAddress> addresses, String header) throws IOException {
        for (InternetAddress address : addresses) {
            address.setPersonal(address.getPersonal(), "UTF-8");
        }
        return InternetAddress.toString(addresses.toArray(InternetAddress[]::new), header.length() + 2);
    }

    private static void header(ByteArrayOutputStream out, String name, String value) {
        ascii(out, name + ": " + value + "\r\n");
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
