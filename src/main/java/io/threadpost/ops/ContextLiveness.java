package io.threadpost.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.quarkus.main.events.BeforeConfigure;

/**
 * Switches Camel's own check {@code context} off before Camel registers it: as part of liveness it would have a process
 * killed that is still migrating its ledger, or stopping in good order. {@link RoutesStartedCheck} says the same in
 * readiness.
 */
@ApplicationScoped
public class ContextLiveness {
    void switchOff(@Observes BeforeConfigure configuring, CamelContext camel) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(camel);
        if (registry != null && registry.resolveById("context") instanceof HealthCheck check) {
            check.setEnabled(false);
            registry.register(check);
        }
    }
}
