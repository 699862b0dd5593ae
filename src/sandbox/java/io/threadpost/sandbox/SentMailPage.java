package io.threadpost.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;

/**
 * A page of the newest mails that the sandbox's mail server accepted, to see what guests and staff have received: those
 * to guests, then digests.
 */
final class SentMailPage implements Supplier<HtmlPage> {
    private static final int SHOWN = 30;
    private static final int SHOWN_DIGESTS = 5;

    private final SandboxMail mail;

    SentMailPage(SandboxMail mail) {
        this.mail = mail;
    }

    @Override
    public HtmlPage get() {
        HtmlPage page = new HtmlPage("Mails that arrived");
        Map<Boolean, List<SandboxMail.Arrived>> digests =
                mail.arrived().stream().collect(Collectors.partitioningBy(SentMailPage::isDigest));
        // The digests are many, and say the same.
        show(page, digests.get(false), SHOWN);
        show(page, digests.get(true), SHOWN_DIGESTS);
        return page.raw("<a href=\"/\">Overview</a>");
    }

    private static boolean isDigest(SandboxMail.Arrived arrived) {
        try {
            return header(arrived.mail(), "X-Threadpost").startsWith("digest");
        } catch (MessagingException unreadable) {
            return false;
        }
    }

    /** The newest ones first. */
    private static void show(HtmlPage page, List<SandboxMail.Arrived> all, int most) {
        for (int i = all.size() - 1; i >= Math.max(0, all.size() - most); i--) {
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
