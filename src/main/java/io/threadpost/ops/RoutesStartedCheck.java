package io.threadpost.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.apache.camel.CamelContext;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Up from when the routes were started until they are stopped. It stands in for Camel's own check of its context, which
 * is part of liveness and so would have a process killed that is still migrating its ledger, or stopping in good order.
 */
@Startup
@Readiness
@ApplicationScoped
public class RoutesStartedCheck implements HealthCheck {
    private final CamelContext context;

    @Inject
    RoutesStartedCheck(CamelContext context) {
        this.context = context;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("threadpost-started")
                .status(context.isStarted())
                .withData("camel", context.getStatus().name())
                .build();
    }
}
