package io.threadpost.ops;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.pull.PullStatus;

/**
 * Down while the platform refuses a connection's token or address, in the platform's words. Only a person can mend
 * that.
 */
@Readiness
@ApplicationScoped
public class AccessCheck implements HealthCheck {
    private final PullStatus status;
    private final RedactedText redactedText;

    @Inject
    AccessCheck(PullStatus status, RedactedText redactedText) {
        this.status = status;
        this.redactedText = redactedText;
    }

    @Override
    public HealthCheckResponse call() {
        HealthReport healthReport = new HealthReport("threadpost-access");
        for (PullStatus.Connection connection : status.connections()) {
            if (connection.refusedSince() > 0) {
                healthReport.wrong(
                        connection.name(),
                        "refused since " + Instant.ofEpochMilli(connection.refusedSince()) + ": "
                                + redactedText.clean(connection.refusal()));
            } else {
                healthReport.fine(connection.name(), "not refused");
            }
        }
        return healthReport.response();
    }
}
