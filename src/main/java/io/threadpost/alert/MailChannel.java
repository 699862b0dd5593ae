package io.threadpost.alert;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.mail.internet.InternetAddress;

import io.threadpost.smtp.OutgoingMail;
import io.threadpost.smtp.SendMail;

/** Alerts by mail, to one recipient. */
final class MailChannel implements AlertChannel {
    private final SendMail sendMail;
    private final InternetAddress from;
    private final InternetAddress to;

    MailChannel(SendMail sendMail, InternetAddress from, InternetAddress to) {
        this.sendMail = sendMail;
        this.from = from;
        this.to = to;
    }

    @Override
    public String name() {
        return "mail to " + to.getAddress();
    }

    @Override
    public void send(AlertMessage message, String key) throws IOException {
        String domain = from.getAddress().replaceFirst(".*@", "");
        String text = String.join("\r\n", message.lines()) + "\r\n";
        String html = message.lines().stream()
                .map(MailChannel::escaped)
                .collect(Collectors.joining(
                        "</p>\r\n<p>", "<!DOCTYPE html><html><body>\r\n<p>", "</p>\r\n</body></html>"));
        OutgoingMail mail = new OutgoingMail.Composer(
                        "<alert-" + key + "." + Integer.toHexString(text.hashCode()) + "@" + domain + ">",
                        Instant.now(),
                        from,
                        List.of(to))
                .subject(message.title())
                // No program answers it: RFC 3834.
                .header("Auto-Submitted", "auto-generated")
                .alternatives(text, html, "=_alert-" + key);
        try {
            sendMail.send(mail.bytes(), mail.sender(), to.getAddress());
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
