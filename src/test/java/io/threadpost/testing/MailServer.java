package io.threadpost.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/** A real mail server on a port of its own, which can be stopped, and started again on the same port. What arrived is kept. */
public final class MailServer implements AutoCloseable {
    private final int port = Installation.freePort();
    private final List<MimeMessage> arrivedBefore = new ArrayList<>();
    private GreenMail server;

    public static MailServer started() {
        MailServer server = new MailServer();
        server.start();
        return server;
    }

    public void start() {
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    public void stop() {
        if (server != null) {
            server.stop();
            arrivedBefore.addAll(List.of(server.getReceivedMessages()));
            server = null;
        }
    }

    public int port() {
        return port;
    }

    /** @return all mails that it took, one entry for each recipient */
    public List<MimeMessage> arrived() {
        List<MimeMessage> all = new ArrayList<>(arrivedBefore);
        if (server != null) {
            all.addAll(List.of(server.getReceivedMessages()));
        }
        return all;
    }

    /** @return all mails as their bytes, in ASCII */
    public List<String> texts() {
        return arrived().stream().map(MailServer::text).toList();
    }

    /** @return the mail's bytes, in ASCII */
    public static String text(MimeMessage mail) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            mail.writeTo(bytes);
            return bytes.toString(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
