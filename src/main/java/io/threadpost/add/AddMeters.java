package io.threadpost.add;

import java.util.List;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;

/** Counts the outcomes of adds. */
@Singleton
final class AddMeters {
    private final MeterRegistry meters;

    AddMeters(MeterRegistry meters, Settings settings) {
        this.meters = meters;
        for (ConnectionSettings connectionSettings : settings.connections()) {
            List.of("created", "adopted").forEach(how -> added(connectionSettings.name(), how));
            AddOutcome.Refused.CODES.forEach(code -> refused(connectionSettings.name(), code));
        }
    }

    /** @param how {@code created} by a request that was answered, or {@code adopted} after the answer was lost */
    void added(InboundMessage message, String how) {
        added(message.connection(), how).increment();
    }

    void refused(InboundMessage message, String code) {
        refused(message.connection(), code).increment();
    }

    private Counter added(String connection, String how) {
        return Counter.builder("threadpost.add.threads")
                .description("Inbound messages that became a thread")
                .tag("connection", connection)
                .tag("how", how)
                .register(meters);
    }

    private Counter refused(String connection, String code) {
        return Counter.builder("threadpost.add.refused")
                .description("Inbound messages that became no thread")
                .tag("connection", connection)
                .tag("code", code)
                .register(meters);
    }
}
