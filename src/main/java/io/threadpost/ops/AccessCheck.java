package io.threadpost.ops;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.pull.PullStatus;

/**
 * Down while the platform refuses a connection's token or address, with the platform's own message. Only a person can
 * fix that.
 */
@Readiness
@ApplicationScoped
public class AccessCheck implements ReportingCheck {
    private final PullStatus status;
    private final RedactedText redactedText;

    AccessCheck(PullStatus status, RedactedText redactedText) {
        this.status = status;
        this.redactedText = redactedText;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-access");
        for (PullStatus.Connection connection : status.connections()) {
            if (connection.refusedSince() > 0) {
                report.down(
                        connection.name(),
                        "refused since " + Instant.ofEpochMilli(connection.refusedSince()) + ": "
                                + redactedText.clean(connection.refusal()),
                        Instant.ofEpochMilli(connection.refusedSince()),
                        HealthReport.Remedy.NONE);
            } else {
                report.up(connection.name(), "not refused");
            }
        }
        return report;
    }
}
