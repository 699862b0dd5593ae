package io.threadpost.pull;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.settings.Settings;

/** Counts what was pulled and committed, by connection. */
@Singleton
final class PullMeters {
    private final MeterRegistry meters;

    PullMeters(MeterRegistry meters, Settings settings) {
        this.meters = meters;
        // At zero from the start: a rate over a counter that is not there yet is no rate.
        settings.connections().forEach(connectionSettings -> {
            pages(connectionSettings.name());
            threads(connectionSettings.name());
        });
    }

    /**
     * A page was committed.
     *
     * @param versions thread versions in it that were new
     */
    void page(String connection, int versions) {
        pages(connection).increment();
        threads(connection).increment(versions);
    }

    private Counter pages(String connection) {
        return Counter.builder("threadpost.pull.pages")
                .description("Pages committed")
                .tag("connection", connection)
                .register(meters);
    }

    private Counter threads(String connection) {
        return Counter.builder("threadpost.pull.threads")
                .description("Thread versions committed, each counted once however often the platform returned it")
                .tag("connection", connection)
                .register(meters);
    }
}
