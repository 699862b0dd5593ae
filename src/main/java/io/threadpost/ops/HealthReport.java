package io.threadpost.ops;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** A health check's answer being put together: a line for each thing looked at, and down if one of them is wrong. */
final class HealthReport {
    private final HealthCheckResponseBuilder response;
    private boolean up = true;

    HealthReport(String check) {
        this.response = HealthCheckResponse.named(check);
    }

    void fine(String what, String line) {
        response.withData(what, line);
    }

    void wrong(String what, String line) {
        response.withData(what, line);
        up = false;
    }

    HealthCheckResponse response() {
        return response.status(up).build();
    }
}
