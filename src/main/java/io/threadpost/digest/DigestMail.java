package io.threadpost.digest;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.mail.internet.InternetAddress;

import io.threadpost.smtp.OutgoingMail;

/**
 * The mail of a digest, for several recipients, each of whom gets the same bytes.
 *
 * @param mail as it is sent
 * @param recipients plain addresses
 */
record DigestMail(OutgoingMail mail, List<String> recipients) {
    /**
     * @param text the plain text alternative
     * @throws IllegalArgumentException when an address cannot be used, in one line for people
     */
    static DigestMail compose(DigestOptions options, String subject, String text, String html) {
        InternetAddress sender = options.sender();
        List<InternetAddress> recipients = options.recipients();
        String domain = sender.getAddress().substring(sender.getAddress().lastIndexOf('@') + 1);
        String id = "<" + UUID.randomUUID() + "@" + domain + ">";
        OutgoingMail mail = new OutgoingMail.Composer(id, Instant.now(), sender, recipients)
                .subject(subject)
                // RFC 3834: no auto-responder shall answer; Exchange looks at the second.
                .header("Auto-Submitted", "auto-generated")
                .header("X-Auto-Response-Suppress", "All")
                .header("X-Threadpost", "digest")
                .alternatives(text, html, "=_" + UUID.randomUUID());
        return new DigestMail(
                mail,
                recipients.stream().map(InternetAddress::getAddress).distinct().toList());
    }
}
