package io.threadpost.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.quarkus.runtime.StartupEvent;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts the routes, where a test asked for the whole application: outside of tests the main program does. */
@ApplicationScoped
class RoutesStart {
    static final String WANTED = "test.routes";

    private final boolean wanted;
    private final CamelRuntime runtime;

    @Inject
    RoutesStart(@ConfigProperty(name = WANTED, defaultValue = "false") boolean wanted, CamelRuntime runtime) {
        this.wanted = wanted;
        this.runtime = runtime;
    }

    void start(@Observes @Priority(Integer.MAX_VALUE) StartupEvent started) {
        if (wanted) {
            runtime.start();
        }
    }
}
