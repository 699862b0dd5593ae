package io.threadpost.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/**
 * A real mail server on 127.0.0.1, GreenMail: it accepts mail for any address by SMTP, and serves it by IMAP to whoever
 * logs in with an address as user and password. It can be stopped and started again on the same ports; what it accepted
 * by SMTP is kept.
 */
public final class SandboxMail implements AutoCloseable {
    private final int smtp = freePort();
    private final int imap = freePort();
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final List<Consumer<Arrived>> listeners = new CopyOnWriteArrayList<>();
    private GreenMail server;

    /**
     * A mail as it was accepted.
     *
     * @param recipient of the envelope
     */
    public record Arrived(String recipient, MimeMessage mail) {}

    private SandboxMail() {}

    /** Starts a mail server on free ports. */
    public static SandboxMail started() {
        SandboxMail mail = new SandboxMail();
        mail.start();
        return mail;
    }

    /** Starts it again, on the same ports. */
    public void start() {
        GreenMail starting = new GreenMail(new ServerSetup[] {
            new ServerSetup(smtp, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(imap, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
        });
        starting.start();
        MessageDeliveryHandler usual = starting.getUserManager().getMessageDeliveryHandler();
        // Kept before it is acknowledged, so that nothing is lost when the server stops.
        starting.getUserManager().setMessageDeliveryHandler((mail, address) -> {
            Arrived accepted = new Arrived(address.getEmail(), new MimeMessage(mail.getMessage()));
            arrived.add(accepted);
            listeners.forEach(listener -> listener.accept(accepted));
            return usual.handle(mail, address);
        });
        server = starting;
    }

    /** Stops it; connections break. */
    public void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    public boolean runs() {
        return server != null;
    }

    /** Creates a mailbox, which can be read before the first mail, with the address as user and a password. */
    public void mailbox(String address, String password) {
        server.setUser(address, password);
    }

    /**
     * Sends a mail to a mailbox that was {@linkplain #mailbox created}.
     *
     * @param sender as written in the header
     */
    public void write(String sender, String recipient, String subject, String text) {
        write(sender, recipient, subject, text, Map.of("To", recipient));
    }

    /**
     * The same.
     *
     * @param headers more headers, with {@code To}, which need not be the address of the mailbox
     */
    public void write(String sender, String recipient, String subject, String text, Map<String, String> headers) {
        StringBuilder mail = new StringBuilder("Message-ID: <" + UUID.randomUUID() + "@guest.example>\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\nFrom: " + sender
                + "\r\nSubject: " + subject + "\r\n");
        headers.forEach(
                (name, value) -> mail.append(name).append(": ").append(value).append("\r\n"));
        mail.append("Content-Type: text/plain; charset=UTF-8\r\n\r\n")
                .append(text)
                .append("\r\n");
        try {
            server.getUserManager()
                    .getUserByEmail(recipient)
                    .deliver(new MimeMessage(
                            Session.getInstance(new Properties()),
                            new ByteArrayInputStream(mail.toString().getBytes(StandardCharsets.UTF_8))));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The mails in a mailbox that was {@linkplain #mailbox created}, in order. */
    public List<MimeMessage> mails(String address) {
        try {
            return server
                    .getManagers()
                    .getImapHostManager()
                    .getInbox(server.getUserManager().getUserByEmail(address))
                    .getMessages()
                    .stream()
                    .map(StoredMessage::getMimeMessage)
                    .toList();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on the listener gets every mail that is accepted, before it is acknowledged; it must be quick. */
    public void onArrival(Consumer<Arrived> listener) {
        listeners.add(listener);
    }

    /** The port for SMTP. */
    public int port() {
        return smtp;
    }

    /** The port for IMAP. */
    public int imapPort() {
        return imap;
    }

    /** The mails it accepted, one entry for each recipient, in order. */
    public List<Arrived> arrived() {
        return List.copyOf(arrived);
    }

    /** One line for people: how many mails it took, and the last one's subject. */
    public String line() {
        List<Arrived> all = arrived();
        if (all.isEmpty()) {
            return "no mail yet";
        }
        try {
            Arrived last = all.get(all.size() - 1);
            return all.size() + " mails, the last one to " + last.recipient() + ": "
                    + last.mail().getSubject();
        } catch (MessagingException e) {
            return all.size() + " mails";
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
