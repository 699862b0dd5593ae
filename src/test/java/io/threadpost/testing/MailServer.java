package io.threadpost.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import io.threadpost.sandbox.SandboxMail;

/** The sandbox's mail server, and what tests want to know of its mails. */
public final class MailServer implements AutoCloseable {
    private final SandboxMail server = SandboxMail.started();

    public static MailServer started() {
        return new MailServer();
    }

    public void start() {
        server.start();
    }

    public void stop() {
        server.stop();
    }

    public boolean runs() {
        return server.runs();
    }

    public int port() {
        return server.port();
    }

    /** @return all mails that it took, one entry for each recipient */
    public List<MimeMessage> arrived() {
        return deliveries().stream().map(SandboxMail.Arrived::mail).toList();
    }

    /** @return all mails that it took, with the recipient of the envelope */
    public List<SandboxMail.Arrived> deliveries() {
        return server.arrived();
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
        server.close();
    }
}
