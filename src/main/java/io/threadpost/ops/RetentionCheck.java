package io.threadpost.ops;

import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.ledger.Retained;
import io.threadpost.ledger.Retention.Kind;
import io.threadpost.ledger.Retention.Status;

/**
 * How much the ledger keeps, and what is removed next. Down when dead items or parked mails use four fifths of their
 * ceiling: something fails again and again then, and soon the oldest are removed. What is removed for its age is
 * announced, and takes nothing down: in a hotel that leaves newsletters parked, something always is.
 */
@Readiness
@ApplicationScoped
public class RetentionCheck implements ReportingCheck {
    private final Iterable<Retained> retained;

    @Inject
    RetentionCheck(@Any Instance<Retained> retained) {
        this((Iterable<Retained>) retained);
    }

    RetentionCheck(Iterable<Retained> retained) {
        this.retained = retained;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-retention");
        for (Retained things : retained) {
            Status status = things.status();
            Kind kind = status.rule().kind();
            if (kind.waitsForPerson() && status.nearCeiling()) {
                report.down(
                        kind.label(),
                        text(status) + "; beyond " + kind.maxKey()
                                + " the oldest are removed: handle them, or raise it");
            } else {
                report.up(kind.label(), text(status));
            }
        }
        return report;
    }

    private static String text(Status status) {
        Kind kind = status.rule().kind();
        String used = amount(kind, status.kept()) + " of at most "
                + amount(kind, status.rule().ceiling());
        return status.expiring() == 0
                ? used
                : used + "; " + status.expiring() + " are removed soon, the first at "
                        + status.first().truncatedTo(ChronoUnit.SECONDS) + " (" + kind.keepKey()
                        + "): handle them before";
    }

    private static String amount(Kind kind, long number) {
        return kind.inBytes() ? (number >> 20) + " MB" : String.valueOf(number);
    }
}
