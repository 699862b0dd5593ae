package io.threadpost.ops;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.mailbox.MailboxStatus;
import io.threadpost.mailbox.MailboxStatus.Mailbox;

/**
 * Down while a mailbox does not work, with its server's error, or waits for a person: guests' mails are not staged
 * then. A single mail that cannot be fetched or moved is reported and takes nothing down.
 */
@Readiness
@ApplicationScoped
public class MailboxesCheck implements ReportingCheck {
    private final MailboxStatus status;
    private final RedactedText redactedText;

    MailboxesCheck(MailboxStatus status, RedactedText redactedText) {
        this.status = status;
        this.redactedText = redactedText;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-mailboxes");
        for (Mailbox mailbox : status.mailboxes()) {
            if (mailbox.downSince() != null) {
                report.down(
                        mailbox.name(),
                        "down since " + seconds(mailbox.downSince()) + ", next try at " + seconds(mailbox.until())
                                + ": " + redactedText.clean(mailbox.reason()),
                        mailbox.downSince(),
                        HealthReport.Remedy.TRY);
            } else if (mailbox.heldSince() != null) {
                report.down(
                        mailbox.name(),
                        "held for a person since " + seconds(mailbox.heldSince()) + ": "
                                + redactedText.clean(mailbox.heldFor()),
                        mailbox.heldSince(),
                        HealthReport.Remedy.RELEASE);
            } else {
                report.up(mailbox.name(), fine(mailbox));
            }
        }
        return report;
    }

    private String fine(Mailbox mailbox) {
        String looked = mailbox.looked() == null ? "not polled yet" : "polled at " + seconds(mailbox.looked());
        String remark = mailbox.reason() == null ? "" : "; " + redactedText.clean(mailbox.reason());
        String unfetched = mailbox.unfetched() == 0
                ? ""
                : "; " + mailbox.unfetched() + " mails cannot be fetched or staged: "
                        + redactedText.clean(mailbox.unfetchedReason());
        return looked + remark + unfetched;
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
