package io.threadpost.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;

/** The state of pulling, for each connection, as health and metrics show it. */
@Singleton
public final class PullStatus {
    private static final String OPEN = " FROM pull_window w WHERE w.connection = c.connection AND w.state = 'open'";

    private final Ledger ledger;
    private final List<String> names;
    private final long began = System.nanoTime();
    private final Map<String, String> planFailures = new ConcurrentHashMap<>();

    PullStatus(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.names = settings.connections().stream()
                .map(io.threadpost.settings.ConnectionSettings::name)
                .toList();
    }

    /**
     * The state of a connection.
     *
     * @param pulled whether it was ever pulled
     * @param sinceMillis time since a page was committed or a window drained; without any, since this process began
     * @param refusedSince since when the platform refuses the token or address, milliseconds since the epoch; 0: it
     *     does not
     * @param refusal the platform's message while it refuses; null when it does not
     * @param openWindows windows not drained yet
     * @param behindMillis how far back the first time lies that live pulling has not drained; 0 before anything was
     *     planned
     * @param error the error of the last failed window or plan; null if none waits after a failure
     * @param clockMillis the platform's clock minus the ledger's; 0 before the platform has answered
     */
    public record Connection(
            String name,
            boolean pulled,
            long sinceMillis,
            long refusedSince,
            String refusal,
            long openWindows,
            long behindMillis,
            String error,
            long clockMillis) {}

    /** @return every connection of the settings, in their order */
    public List<Connection> connections() {
        return ledger.read(tx -> {
            Map<String, Connection> known = new HashMap<>();
            tx.list(
                    "SELECT connection, last_pull, refused, refusal, offset_ms, (SELECT COUNT(*)" + OPEN
                            + "), (SELECT w.error" + OPEN
                            + " AND w.error IS NOT NULL ORDER BY w.due DESC LIMIT 1), COALESCE((SELECT MIN(w.start_ns)"
                            + OPEN
                            + " AND w.kind = 'live'), (SELECT MAX(w.end_ns) FROM pull_window w WHERE w.connection ="
                            + " c.connection)) FROM pull_connection c",
                    row -> known.put(row.getString(1), connection(row, tx.now())));
            return names.stream()
                    .map(name -> known.getOrDefault(
                            name, new Connection(name, false, began(), 0, null, 0, 0, plan(name), 0)))
                    .toList();
        });
    }

    private Connection connection(ResultSet row, long now) throws SQLException {
        String name = row.getString(1);
        long last = row.getLong(2);
        long offset = row.getLong(5);
        String error = row.getString(7);
        long drained = row.getLong(8) / 1_000_000;
        return new Connection(
                name,
                last > 0,
                last > 0 ? Math.max(0, now - last) : began(),
                row.getLong(3),
                row.getString(4),
                row.getLong(6),
                drained == 0 ? 0 : Math.max(0, now + offset - drained),
                error == null ? plan(name) : error,
                offset);
    }

    private long began() {
        return (System.nanoTime() - began) / 1_000_000;
    }

    private String plan(String connection) {
        return planFailures.get(connection);
    }

    /** Planning failed for this reason. */
    void planFailed(String connection, String reason) {
        planFailures.put(connection, reason);
    }

    /** Planning succeeded. */
    void planned(String connection) {
        planFailures.remove(connection);
    }

    /** A page was committed or a window drained: the platform works. */
    void pulled(Transaction tx, String connection) throws SQLException {
        tx.update(
                "INSERT INTO pull_connection (connection, last_pull) VALUES (?, ?)"
                        + " ON CONFLICT (connection) DO UPDATE SET"
                        + " last_pull = excluded.last_pull, refused = NULL, refusal = NULL",
                connection,
                tx.now());
    }

    /** The platform refuses this connection, with this message. */
    void refused(String connection, String refusal) {
        ledger.write(tx -> tx.update(
                "INSERT INTO pull_connection (connection, refused, refusal) VALUES (?, ?, ?) ON CONFLICT (connection)"
                        + " DO UPDATE SET refusal = excluded.refusal,"
                        + " refused = COALESCE(pull_connection.refused, excluded.refused)",
                connection,
                tx.now(),
                tx.redacted(refusal)));
    }
}
