package io.threadpost.ops;

import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.pull.AuditHistory;
import io.threadpost.pull.CoverageAudit;
import io.threadpost.retry.DurationFormat;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;

/** Down while threads that an audit found missing are not pulled yet; reports the audits of the last week. */
@Readiness
@ApplicationScoped
public class CoverageCheck implements ReportingCheck {
    private final CoverageAudit audit;
    private final Settings settings;

    CoverageCheck(CoverageAudit audit, Settings settings) {
        this.audit = audit;
        this.settings = settings;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-coverage");
        for (ConnectionSettings connection : settings.connections()) {
            AuditHistory.Status status = audit.status(connection.name());
            String audits = status.audits() + " audits in a week"
                    + (status.last() == null
                            ? ""
                            : ", the last one "
                                    + DurationFormat.text(Duration.between(status.last(), Instant.now()))
                                    + " ago");
            String text = status.missing() == 0
                    ? audits + "; no thread was missing"
                    : audits + "; " + status.missing() + " threads were missing in covered time, "
                            + (status.repairing() ? "they are being pulled" : "they are pulled now");
            if (status.repairing()) {
                report.down(connection.name(), text);
            } else {
                report.up(connection.name(), text);
            }
        }
        return report;
    }
}
