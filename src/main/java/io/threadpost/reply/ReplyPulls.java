package io.threadpost.reply;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;

/** How the connections are asked for messages of the hotel: by whom, since when, and what went wrong. */
@Singleton
public final class ReplyPulls {
    /** A pull takes seconds; a longer one may be repeated by another node, which costs requests and nothing else. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Ledger ledger;
    private final List<String> connections;
    private final String owner;

    ReplyPulls(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.owner = ledger.newOwner();
        this.connections = settings.connectionNames();
    }

    /**
     * @param connection its name
     * @param asked when it was last asked about conversations at rest, milliseconds since the epoch; 0: never
     * @param failing since when the platform does not answer, milliseconds since the epoch; 0 while it does
     * @param dueMillis how long it waits after a failure; 0 while it does not
     * @param reason one line for people; null while the platform answers
     */
    public record Pull(String connection, long asked, int failures, long failing, long dueMillis, String reason) {}

    /** @return that of every connection of the settings, in their order */
    public List<Pull> pulls() {
        return connections.stream().map(this::pull).toList();
    }

    Pull pull(String connection) {
        return ledger.read(tx -> tx.one(
                        "SELECT asked, failures, failing, due, reason FROM reply_pull WHERE connection = ?",
                        row -> new Pull(
                                connection,
                                row.getLong(1),
                                row.getInt(2),
                                row.getLong(3),
                                Math.max(0, row.getLong(4) - tx.now()),
                                row.getString(5)),
                        connection)
                .orElse(new Pull(connection, 0, 0, 0, 0, null)));
    }

    /** @return whether this process may ask; no other one does until it ends */
    boolean begin(String connection) {
        return ledger.write(tx -> {
            tx.update("INSERT INTO reply_pull (connection) VALUES (?) ON CONFLICT (connection) DO NOTHING", connection);
            return tx.update(
                            "UPDATE reply_pull SET owner = ?, lease = ? WHERE connection = ?"
                                    + " AND (owner IS NULL OR owner = ? OR lease <= ?)",
                            owner,
                            tx.now() + LEASE.toMillis(),
                            connection,
                            owner,
                            tx.now())
                    == 1;
        });
    }

    void end(String connection) {
        ledger.write(tx -> tx.update(
                "UPDATE reply_pull SET owner = NULL, lease = 0 WHERE connection = ? AND owner = ?", connection, owner));
    }

    /** @param rest whether conversations at rest were asked about */
    void succeeded(String connection, boolean rest) {
        ledger.write(tx -> tx.update(
                "UPDATE reply_pull SET failures = 0, failing = 0, due = 0, reason = NULL" + (rest ? ", asked = ?" : "")
                        + " WHERE connection = ?",
                rest ? new Object[] {tx.now(), connection} : new Object[] {connection}));
    }

    /** @param reason one line for people */
    void failed(String connection, long waitMillis, String reason) {
        ledger.write(tx -> tx.update(
                "UPDATE reply_pull SET failures = failures + 1, due = ?, reason = ?,"
                        + " failing = CASE WHEN failing = 0 THEN ? ELSE failing END WHERE connection = ?",
                tx.now() + waitMillis,
                tx.redacted(reason),
                tx.now(),
                connection));
    }
}
