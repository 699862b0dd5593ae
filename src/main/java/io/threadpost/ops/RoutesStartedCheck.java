package io.threadpost.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.quarkus.main.events.BeforeConfigure;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Up from the start of the routes until they stop. Replaces the check of Camel's own context, which is part of liveness
 * and so would have a process killed that is still migrating its ledger, or stopping gracefully.
 */
@Startup
@Readiness
@ApplicationScoped
public class RoutesStartedCheck implements HealthCheck {
    private final CamelContext context;

    RoutesStartedCheck(CamelContext context) {
        this.context = context;
    }

    /** Before Camel registers its check {@code context}. */
    void replaceCamelCheck(@Observes BeforeConfigure configuring, CamelContext camel) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(camel);
        if (registry != null && registry.resolveById("context") instanceof org.apache.camel.health.HealthCheck check) {
            check.setEnabled(false);
            registry.register(check);
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("threadpost-started")
                .status(context.isStarted())
                .withData("camel", context.getStatus().name())
                .build();
    }
}
