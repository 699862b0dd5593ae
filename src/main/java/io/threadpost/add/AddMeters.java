package io.threadpost.add;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how adds end. */
@Singleton
final class AddMeters {
    private final MeterRegistry meters;

    AddMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param how {@code created} by a request that was answered, or {@code adopted} after the answer was lost */
    void added(Inbound inbound, String how) {
        Counter.builder("threadpost.add.threads")
                .description("Inbound messages that became a thread")
                .tag("connection", inbound.connection())
                .tag("how", how)
                .register(meters)
                .increment();
    }

    void refused(Inbound inbound, String code) {
        Counter.builder("threadpost.add.refused")
                .description("Inbound messages that became no thread")
                .tag("connection", inbound.connection())
                .tag("code", code)
                .register(meters)
                .increment();
    }
}
