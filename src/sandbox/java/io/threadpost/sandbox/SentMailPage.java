package io.threadpost.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;

/** A page of the newest mails that the sandbox's mail server accepted, to see what guests and staff have received. */
final class SentMailPage implements Supplier<HtmlPage> {
    private static final int SHOWN = 30;

    private final SandboxMail mail;

    SentMailPage(SandboxMail mail) {
        this.mail = mail;
    }

    @Override
    public HtmlPage get() {
        HtmlPage page = new HtmlPage("Mails that arrived");
        List<SandboxMail.Arrived> all = mail.arrived();
        for (int i = all.size() - 1; i >= Math.max(0, all.size() - SHOWN); i--) {
            SandboxMail.Arrived arrived = all.get(i);
            try {
                String from = header(arrived.mail(), "From");
                String replyTo = header(arrived.mail(), "Reply-To");
                page.message(
                        "hotel",
                        "to " + arrived.recipient() + ", from " + from
                                + (replyTo.isEmpty() ? "" : ", reply to " + replyTo) + ": "
                                + arrived.mail().getSubject(),
                        text(arrived.mail()));
            } catch (MessagingException | IOException unreadable) {
                page.message("hotel", "to " + arrived.recipient(), "(unreadable)");
            }
        }
        return page.raw("<a href=\"/\">Overview</a>");
    }

    /** The first plain text, or nothing. */
    static String text(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return String.valueOf(part.getContent());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String text = text(parts.getBodyPart(i));
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    /** A header's first value, or nothing. */
    static String header(Message mail, String name) throws MessagingException {
        String[] values = mail.getHeader(name);
        return values == null ? "" : ((MimeMessage) mail).getHeader(name, null);
    }
}
