package io.threadpost.add;

import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;

/** Counts the outcomes of one operation. */
final class AddMeters {
    private final AddOperation operation;
    private final MeterRegistry meters;

    AddMeters(AddOperation operation, MeterRegistry meters, Settings settings) {
        this.operation = operation;
        this.meters = meters;
        List<String> codes = operation == AddOperation.THREADS
                ? AddOutcome.Refused.CODES
                : List.of("refused-400", "refused-403", "refused-413");
        for (ConnectionSettings connectionSettings : settings.connections()) {
            List.of("created", "adopted").forEach(how -> addedCounter(connectionSettings.name(), how));
            codes.forEach(code -> refusedCounter(connectionSettings.name(), code));
        }
    }

    /** @param how {@code created} by a request that was answered, or {@code adopted} after the answer was lost */
    void added(String connection, String how) {
        addedCounter(connection, how).increment();
    }

    void refused(String connection, String code) {
        refusedCounter(connection, code).increment();
    }

    private Counter addedCounter(String connection, String how) {
        boolean threads = operation == AddOperation.THREADS;
        return Counter.builder("threadpost.add." + operation.key())
                .description(threads ? "Inbound messages that became a thread" : "Messages added to threads")
                .tag("connection", connection)
                .tag("how", how)
                .register(meters);
    }

    private Counter refusedCounter(String connection, String code) {
        boolean threads = operation == AddOperation.THREADS;
        return Counter.builder(threads ? "threadpost.add.refused" : "threadpost.add.messages.refused")
                .description(threads ? "Inbound messages that became no thread" : "Messages that were refused")
                .tag("connection", connection)
                .tag("code", code)
                .register(meters);
    }
}
