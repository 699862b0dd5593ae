package io.threadpost.ops;

import java.util.List;
import java.util.function.ToDoubleFunction;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.connector.BudgetStatus;
import io.threadpost.pull.PullStatus;
import io.threadpost.settings.Connection;
import io.threadpost.settings.Settings;

/** Gauges of each connection: how far its pulling came, and how much of its budget is used. Read from the ledger at the scrape. */
@Singleton
final class PullGauges {
    private final List<Connection> connections;
    private final Cached<List<PullStatus.Connection>> pulling;
    private final Cached<List<BudgetStatus.Budget>> budgets;

    /** Meters are bound before the ledger is open, so what reads it comes later. */
    PullGauges(Settings settings, Provider<PullStatus> status, Provider<BudgetStatus> budget) {
        this.connections = settings.connections();
        this.pulling = new Cached<>(() -> status.get().connections());
        this.budgets = new Cached<>(() -> budget.get().budgets());
    }

    void bindTo(MeterRegistry meters) {
        for (Connection connection : connections) {
            pull(connection, "windows.open", "Windows of time not drained yet", PullStatus.Connection::openWindows)
                    .register(meters);
            pull(
                            connection,
                            "lag",
                            "How far the first time not drained by live pulling lies behind the platform's",
                            of -> seconds(of.behindMillis()))
                    .baseUnit("seconds")
                    .register(meters);
            pull(
                            connection,
                            "age",
                            "Time since a page was committed or a window drained",
                            of -> seconds(of.sinceMillis()))
                    .baseUnit("seconds")
                    .register(meters);
            pull(
                            connection,
                            "refused",
                            "1 while the platform refuses the token or address",
                            of -> of.refusedSince() > 0 ? 1 : 0)
                    .register(meters);
            budget(connection, "held", "Slots of the request budget in use", BudgetStatus.Budget::held)
                    .register(meters);
            budget(connection, "limit", "Slots of the request budget", BudgetStatus.Budget::limit)
                    .register(meters);
            budget(
                            connection,
                            "pause",
                            "How long the platform still asks to wait after a 429",
                            of -> seconds(of.pausedMillis()))
                    .baseUnit("seconds")
                    .register(meters);
        }
    }

    private Gauge.Builder<?> pull(
            Connection connection, String name, String description, ToDoubleFunction<PullStatus.Connection> value) {
        return Gauge.builder("threadpost.pull." + name, () -> pulling.get().stream()
                        .filter(known -> known.name().equals(connection.name()))
                        .mapToDouble(value)
                        .findFirst()
                        .orElse(Double.NaN))
                .description(description)
                .tag("connection", connection.name());
    }

    private Gauge.Builder<?> budget(
            Connection connection, String name, String description, ToDoubleFunction<BudgetStatus.Budget> value) {
        return Gauge.builder("threadpost.connector.budget." + name, () -> budgets.get().stream()
                        .filter(known -> known.connection().equals(connection.name()))
                        .mapToDouble(value)
                        .findFirst()
                        .orElse(Double.NaN))
                .description(description)
                .tag("connection", connection.name());
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
