package io.threadpost.ops;

import java.util.List;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.add.AddStatus;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;

/** Gauges of each connection's adds. Read from the ledger at the scrape. */
@Singleton
final class AddGauges {
    private final List<ConnectionSettings> connections;
    private final GaugeFamily<AddStatus.Connection> adds;

    /** Meters are bound before the ledger is open, so what reads it comes later. */
    AddGauges(Settings settings, Provider<AddStatus> status) {
        this.connections = settings.connections();
        this.adds = new GaugeFamily<>(
                "threadpost.add.", "connection", () -> status.get().connections(), AddStatus.Connection::name);
    }

    void bindTo(MeterRegistry meters) {
        for (ConnectionSettings connectionSettings : connections) {
            adds.gauge(
                            connectionSettings.name(),
                            "unresolved",
                            "Requests to add of which nobody knows yet what they did",
                            AddStatus.Connection::unresolved)
                    .register(meters);
            adds.gauge(
                            connectionSettings.name(),
                            "paused",
                            "1 while messages wait since the platform refuses or fails",
                            of -> of.pause() == null ? 0 : 1)
                    .register(meters);
        }
    }
}
