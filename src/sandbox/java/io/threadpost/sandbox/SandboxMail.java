package io.threadpost.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

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
            arrived.add(new Arrived(address.getEmail(), new MimeMessage(mail.getMessage())));
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
        String mail = "Message-ID: <" + UUID.randomUUID() + "@guest.example>\r\nFrom: " + sender + "\r\nTo: "
                + recipient + "\r\nSubject: " + subject + "\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n" + text
                + "\r\n";
        try {
            server.getUserManager()
                    .getUserByEmail(recipient)
                    .deliver(new MimeMessage(
                            Session.getInstance(new Properties()),
                            new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
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
