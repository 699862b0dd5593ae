package io.threadpost.pull;

import java.sql.SQLException;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** How pulling stands, for each connection: what health and metrics show. */
@Singleton
public final class PullStatus {
    private final Ledger ledger;

    PullStatus(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A connection as it stands.
     *
     * @param lastPull milliseconds since the epoch when a page or window was last done; 0 if never
     * @param refusal the platform's words while it refuses the token or address; null when it does not
     * @param openWindows windows not drained yet
     * @param error what the last failed window says; null if none waits after a failure
     */
    public record Connection(String name, long lastPull, String refusal, long openWindows, String error) {}

    /** @return every connection that ever was planned, by name */
    public List<Connection> connections() {
        return ledger.read(tx -> tx.list(
                "SELECT connection, COALESCE(last_pull, 0), refusal, (SELECT COUNT(*) FROM pull_window w WHERE w.connection ="
                        + " c.connection AND w.state = 'open'), (SELECT MAX(error) FROM pull_window w WHERE w.connection ="
                        + " c.connection AND w.state = 'open' AND error IS NOT NULL) FROM pull_connection c ORDER BY connection",
                row -> new Connection(
                        row.getString(1), row.getLong(2), row.getString(3), row.getLong(4), row.getString(5))));
    }

    /** A page was stored or a window drained: the platform works. */
    void pulled(Transaction tx, String connection) throws SQLException {
        tx.update(
                "INSERT INTO pull_connection (connection, last_pull) VALUES (?, ?) ON CONFLICT (connection) DO UPDATE SET"
                        + " last_pull = excluded.last_pull, refused = NULL, refusal = NULL",
                connection,
                tx.now());
    }

    /** The platform refuses this connection, in these words. */
    void refused(String connection, String refusal) {
        ledger.write(tx -> tx.update(
                "INSERT INTO pull_connection (connection, refused, refusal) VALUES (?, ?, ?) ON CONFLICT (connection)"
                        + " DO UPDATE SET refusal = excluded.refusal,"
                        + " refused = COALESCE(pull_connection.refused, excluded.refused)",
                connection,
                tx.now(),
                refusal));
    }
}
