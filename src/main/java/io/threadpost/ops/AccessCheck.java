package io.threadpost.ops;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.pull.PullStatus;

/** Down while the platform refuses a connection's token or address, in the platform's words. Only a person can mend that. */
@Readiness
@ApplicationScoped
public class AccessCheck implements HealthCheck {
    private final PullStatus status;
    private final Words words;

    @Inject
    AccessCheck(PullStatus status, Words words) {
        this.status = status;
        this.words = words;
    }

    @Override
    public HealthCheckResponse call() {
        Findings findings = new Findings("threadpost-access");
        for (PullStatus.Connection connection : status.connections()) {
            if (connection.refusedSince() > 0) {
                findings.wrong(
                        connection.name(),
                        "refused since " + Instant.ofEpochMilli(connection.refusedSince()) + ": "
                                + words.clean(connection.refusal()));
            } else {
                findings.fine(connection.name(), "not refused");
            }
        }
        return findings.response();
    }
}
