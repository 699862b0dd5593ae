package io.threadpost.ops;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Builds the response of a health check: a line for each thing that it covers, and down when one of them is. */
final class HealthReport {
    private final HealthCheckResponseBuilder response;
    private boolean up = true;

    HealthReport(String check) {
        this.response = HealthCheckResponse.named(check);
    }

    void up(String what, String line) {
        response.withData(what, line);
    }

    void down(String what, String line) {
        response.withData(what, line);
        up = false;
    }

    HealthCheckResponse response() {
        return response.status(up).build();
    }
}
