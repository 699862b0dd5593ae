package io.threadpost.ops;

import java.util.List;
import java.util.function.ToDoubleFunction;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.add.AddStatus;
import io.threadpost.settings.Connection;
import io.threadpost.settings.Settings;

/** Gauges of each connection's adds. Read from the ledger at the scrape. */
@Singleton
final class AddGauges {
    private final List<Connection> connections;
    private final Cached<List<AddStatus.Connection>> adds;

    /** Meters are bound before the ledger is open, so what reads it comes later. */
    AddGauges(Settings settings, Provider<AddStatus> status) {
        this.connections = settings.connections();
        this.adds = new Cached<>(() -> status.get().connections());
    }

    void bindTo(MeterRegistry meters) {
        for (Connection connection : connections) {
            gauge(
                    meters,
                    connection,
                    "unresolved",
                    "Requests to add of which nobody knows yet what they did",
                    known -> known.unresolved());
            gauge(
                    meters,
                    connection,
                    "paused",
                    "1 while messages wait since the platform refuses or fails",
                    known -> known.pause() == null ? 0 : 1);
        }
    }

    private void gauge(
            MeterRegistry meters,
            Connection connection,
            String name,
            String description,
            ToDoubleFunction<AddStatus.Connection> value) {
        Gauge.builder("threadpost.add." + name, () -> adds.get().stream()
                        .filter(known -> known.name().equals(connection.name()))
                        .mapToDouble(value)
                        .findFirst()
                        .orElse(Double.NaN))
                .description(description)
                .tag("connection", connection.name())
                .register(meters);
    }
}
