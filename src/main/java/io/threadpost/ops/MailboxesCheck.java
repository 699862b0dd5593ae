package io.threadpost.ops;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.mailbox.MailboxStatus;
import io.threadpost.mailbox.MailboxStatus.Mailbox;

/**
 * Down while a mailbox does not work, in its server's words, or waits for a person: guests' mails are not taken then. A mail that cannot be
 * fetched or moved by itself is told.
 */
@Readiness
@ApplicationScoped
public class MailboxesCheck implements HealthCheck {
    private final MailboxStatus status;
    private final Words words;

    @Inject
    MailboxesCheck(MailboxStatus status, Words words) {
        this.status = status;
        this.words = words;
    }

    @Override
    public HealthCheckResponse call() {
        Findings findings = new Findings("threadpost-mailboxes");
        for (Mailbox mailbox : status.mailboxes()) {
            if (mailbox.downSince() != null) {
                findings.wrong(
                        mailbox.name(),
                        "does not work since " + seconds(mailbox.downSince()) + ", next try at "
                                + seconds(mailbox.until()) + ": " + words.clean(mailbox.reason()));
            } else if (mailbox.heldSince() != null) {
                findings.wrong(
                        mailbox.name(),
                        "waits for a person since " + seconds(mailbox.heldSince()) + ": "
                                + words.clean(mailbox.heldFor()));
            } else {
                findings.fine(mailbox.name(), fine(mailbox));
            }
        }
        return findings.response();
    }

    private String fine(Mailbox mailbox) {
        String looked =
                mailbox.looked() == null ? "not looked into yet" : "looked into at " + seconds(mailbox.looked());
        String remark = mailbox.reason() == null ? "" : "; " + words.clean(mailbox.reason());
        String unfetched = mailbox.unfetched() == 0
                ? ""
                : "; " + mailbox.unfetched() + " mails cannot be taken: " + words.clean(mailbox.unfetchedReason());
        return looked + remark + unfetched;
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
