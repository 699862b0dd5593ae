package io.threadpost.ops;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** A health check that reports a line for each thing it covers. */
public interface ReportingCheck extends HealthCheck {
    /** @return the report; secrets are redacted */
    HealthReport report();

    @Override
    default HealthCheckResponse call() {
        return report().response();
    }
}
