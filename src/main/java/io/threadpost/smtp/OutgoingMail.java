package io.threadpost.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeUtility;

import org.apache.camel.Message;

import io.threadpost.spool.RejectedItemException;

/**
 * A complete mail by RFC 5322, as plain text and as HTML.
 *
 * @param id its Message-ID, with the angle brackets
 * @param sender the plain address that bounces go to
 * @param bytes the whole mail, ASCII; must not be changed
 */
public record OutgoingMail(String id, String sender, byte[] bytes) {
    /** The message header with the envelope's sender, a plain address. */
    public static final String FROM = "ThreadpostMailFrom";
    /** The message header with the envelope's recipient, one plain address. */
    public static final String TO = "ThreadpostMailTo";

    /** Makes it the body of a message, for one recipient, as the step {@code sendMail} takes it. */
    public void write(Message message, String recipient) {
        message.setBody(bytes);
        message.setHeader(FROM, sender);
        message.setHeader(TO, recipient);
    }

    /** A mail with its envelope: a plain address each. */
    public record Envelope(byte[] bytes, String sender, String recipient) {
        /**
         * Reads what {@link OutgoingMail#write} wrote.
         *
         * @throws RejectedItemException when something is missing
         */
        public static Envelope of(Message message) {
            byte[] bytes = message.getBody(byte[].class);
            String sender = message.getHeader(FROM, String.class);
            String recipient = message.getHeader(TO, String.class);
            if (bytes == null || sender == null || recipient == null) {
                throw new RejectedItemException(
                        "sendMail needs the bytes of a mail, and the headers " + FROM + " and " + TO);
            }
            return new Envelope(bytes, sender, recipient);
        }
    }

    /** Composes a mail, header by header. */
    public static final class Composer {
        private static final String HOW = "quoted-printable";

        private final ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
        private final String id;
        private final InternetAddress sender;

        /** @param id its Message-ID, with the angle brackets */
        public Composer(String id, Instant date, InternetAddress sender, List<InternetAddress> recipients) {
            this.id = id;
            this.sender = sender;
            header("Date", new MailDateFormat().format(Date.from(date)));
            header("From", encoded(List.of(sender), "From"));
            header("To", encoded(recipients, "To"));
            header("Message-ID", id);
        }

        /**
         * @param name of the header
         * @param value printable ASCII that needs no encoding, folded where it is long
         * @throws IllegalArgumentException when it would end the header line
         */
        public Composer header(String name, String value) {
            if (!value.replaceAll("\r\n[ \t]", " ").chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("the header " + name + " must be one line of ASCII");
            }
            ascii(name + ": " + value + "\r\n");
            return this;
        }

        /** @param subject one line */
        public Composer subject(String subject) {
            try {
                return header("Subject", MimeUtility.fold(9, MimeUtility.encodeText(subject, "UTF-8", null)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A header with an address. */
        public Composer address(String name, InternetAddress address) {
            return header(name, encoded(List.of(address), name));
        }

        /**
         * Ends the mail.
         *
         * @param text the plain text alternative
         * @param boundary not in any line of the two
         */
        public OutgoingMail alternatives(String text, String html, String boundary) {
            header("MIME-Version", "1.0");
            header("Content-Type", "multipart/alternative;\r\n boundary=\"" + boundary + "\"");
            part(boundary, "text/plain", text);
            part(boundary, "text/html", html);
            ascii("\r\n--" + boundary + "--\r\n");
            return new OutgoingMail(id, sender.getAddress(), out.toByteArray());
        }

        private void part(String boundary, String type, String content) {
            ascii("\r\n--" + boundary + "\r\n");
            header("Content-Type", type + "; charset=UTF-8");
            header("Content-Transfer-Encoding", HOW);
            ascii("\r\n");
            try {
                OutputStream encoder = MimeUtility.encode(out, HOW);
                encoder.write(content.getBytes(StandardCharsets.UTF_8));
                encoder.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String encoded(List<InternetAddress> addresses, String header) {
            try {
                for (InternetAddress address : addresses) {
                    address.setPersonal(address.getPersonal(), "UTF-8");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return InternetAddress.toString(addresses.toArray(InternetAddress[]::new), header.length() + 2);
        }

        private void ascii(String text) {
            out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
