package io.threadpost.ops;

import java.util.List;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.connector.BudgetStatus;
import io.threadpost.connector.BudgetStatus.Budget;
import io.threadpost.pull.PullStatus;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;

/**
 * Gauges of each connection: how far its pulling came, and how much of its budget is used. Read from the ledger at the
 * scrape.
 */
@Singleton
final class PullGauges {
    private final List<ConnectionSettings> connections;
    private final GaugeFamily<PullStatus.Connection> pulling;
    private final GaugeFamily<Budget> budgets;

    /** Meters are bound before the ledger is open, so what reads it comes later. */
    PullGauges(Settings settings, Provider<PullStatus> status, Provider<BudgetStatus> budget) {
        this.connections = settings.connections();
        this.pulling = new GaugeFamily<>(
                "threadpost.pull.", "connection", () -> status.get().connections(), PullStatus.Connection::name);
        this.budgets = new GaugeFamily<>(
                "threadpost.connector.budget.", "connection", () -> budget.get().budgets(), Budget::connection);
    }

    void bindTo(MeterRegistry meters) {
        for (ConnectionSettings connectionSettings : connections) {
            pulling(connectionSettings.name(), meters);
            budget(connectionSettings.name(), meters);
        }
    }

    private void pulling(String connection, MeterRegistry meters) {
        pulling.gauge(connection, "windows.open", "Windows of time not drained yet", PullStatus.Connection::openWindows)
                .register(meters);
        pulling.gauge(
                        connection,
                        "lag",
                        "How far the first time not drained by live pulling lies behind the platform's",
                        of -> GaugeFamily.seconds(of.behindMillis()))
                .baseUnit("seconds")
                .register(meters);
        pulling.gauge(
                        connection,
                        "age",
                        "Time since a page was committed or a window drained",
                        of -> GaugeFamily.seconds(of.sinceMillis()))
                .baseUnit("seconds")
                .register(meters);
        pulling.gauge(
                        connection,
                        "refused",
                        "1 while the platform refuses the token or address",
                        of -> of.refusedSince() > 0 ? 1 : 0)
                .register(meters);
    }

    private void budget(String connection, MeterRegistry meters) {
        budgets.gauge(connection, "held", "Slots of the request budget in use", Budget::held)
                .register(meters);
        budgets.gauge(connection, "limit", "Slots of the request budget", Budget::limit)
                .register(meters);
        budgets.gauge(
                        connection,
                        "pause",
                        "How long the platform still asks to wait after a 429",
                        of -> GaugeFamily.seconds(of.pausedMillis()))
                .baseUnit("seconds")
                .register(meters);
    }
}
