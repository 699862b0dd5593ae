package io.threadpost.connector;

import java.time.Duration;
import java.util.Locale;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts and times the calls to the platform, by connection and outcome. */
@Singleton
final class CallMeters {
    private final MeterRegistry meters;

    CallMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The call waited that long for its slot. */
    void waited(ConnectorCall connectorCall, long nanos) {
        Timer.builder("threadpost.connector.wait")
                .description("Time that requests waited for their slot in the budget")
                .tag("connection", connectorCall.connection().name())
                .register(meters)
                .record(Duration.ofNanos(nanos));
    }

    void succeeded(ConnectorCall connectorCall) {
        answered(connectorCall, "ok");
    }

    void failed(ConnectorCall connectorCall, ConnectorFailure connectorFailure) {
        answered(connectorCall, connectorFailure.name().toLowerCase(Locale.ROOT));
    }

    private void answered(ConnectorCall connectorCall, String outcome) {
        Timer.builder("threadpost.connector.requests")
                .description("Requests to the platform by outcome, from their slot to the end of the answer")
                .tag("connection", connectorCall.connection().name())
                .tag("operation", connectorCall.action())
                .tag("outcome", outcome)
                .register(meters)
                .record(Duration.ofNanos(System.nanoTime() - connectorCall.takenNanos()));
    }
}
