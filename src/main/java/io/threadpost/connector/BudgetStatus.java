package io.threadpost.connector;

import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;

/** How much of its request budget each connection uses: what health and metrics show. */
@Singleton
public final class BudgetStatus {
    private final Ledger ledger;
    private final List<ConnectionSettings> connections;
    private final int limit;
    private final long windowMillis;

    BudgetStatus(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.connections = settings.connections();
        this.limit = settings.connector().limitRequests();
        this.windowMillis = settings.connector().limitWindow().toMillis();
    }

    /**
     * The budget of a connection's access token. Connections that share a token share its budget, and show it both.
     *
     * @param held slots of requests on their way, or answered less than a limit window ago
     * @param limit slots there are
     * @param pausedMillis how long the platform still asks to wait, after a 429; 0 when it does not
     */
    public record Budget(String connection, int held, int limit, long pausedMillis) {}

    /** @return the budget of every connection, in the settings' order */
    public List<Budget> budgets() {
        return connections.stream().map(this::budget).toList();
    }

    /** @return milliseconds for which the platform still asks a connection to wait, after a 429; 0 when it does not */
    public long pausedMillis(String connection) {
        return budgets().stream()
                .filter(budget -> budget.connection().equals(connection))
                .mapToLong(Budget::pausedMillis)
                .findFirst()
                .orElse(0);
    }

    private Budget budget(ConnectionSettings connectionSettings) {
        String token = RequestWriter.hash(connectionSettings);
        return ledger.read(tx -> new Budget(
                connectionSettings.name(),
                tx.one(
                                "SELECT COUNT(*) FROM request_slot WHERE token = ? AND (answered IS NULL OR answered > ?)",
                                row -> row.getInt(1),
                                token,
                                tx.now() - windowMillis)
                        .orElse(0),
                limit,
                Math.max(
                        0,
                        tx.one("SELECT until FROM request_pause WHERE token = ?", row -> row.getLong(1), token)
                                        .orElse(0L)
                                - tx.now())));
    }
}
