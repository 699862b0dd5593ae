package io.threadpost.ops;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.spool.SpoolStatus;

/** How many items of each spool were given up. Always up: they wait for a person, and nothing else waits for them. */
@Readiness
@ApplicationScoped
public class DeadItemsCheck implements HealthCheck {
    private final SpoolStatus status;

    DeadItemsCheck(SpoolStatus status) {
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("threadpost-dead-items").up();
        for (SpoolStatus.Spool spool : status.spools()) {
            if (spool.dead() > 0) {
                response.withData(spool.name(), spool.dead());
            }
        }
        return response.build();
    }
}
