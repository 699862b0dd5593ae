package io.threadpost.add;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;

/** The state of adding per connection, for health and metrics. */
@Singleton
public final class AddStatus {
    private final Ledger ledger;
    private final List<String> names;

    AddStatus(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.names = settings.connectionNames();
    }

    /**
     * A connection's adds.
     *
     * @param unresolved requests whose outcome is unknown
     * @param pause why its adds of threads are paused; null when they are not
     * @param messagesPause why its adds of messages are paused; null when they are not
     */
    public record Connection(String name, long unresolved, Pause pause, Pause messagesPause) {}

    /**
     * A pause.
     *
     * @param refused whether only a person can end its cause
     * @param since when it began, milliseconds since the epoch
     * @param dueMillis until the next probe; negative when that is overdue, as no message has come since
     * @param reason one line for people
     */
    public record Pause(boolean refused, long since, long dueMillis, String reason) {}

    /** @return all connections, in the order of the settings */
    public List<Connection> connections() {
        return ledger.read(this::read);
    }

    private List<Connection> read(Transaction tx) throws SQLException {
        Map<String, Long> unresolved = new HashMap<>();
        tx.list(
                "SELECT connection, COUNT(*) FROM thread_add WHERE state = 'adding' GROUP BY connection",
                row -> unresolved.put(row.getString(1), row.getLong(2)));
        Map<String, Pause> threads = pauses(tx, AddOperation.THREADS);
        Map<String, Pause> messages = pauses(tx, AddOperation.MESSAGES);
        return names.stream()
                .map(name ->
                        new Connection(name, unresolved.getOrDefault(name, 0L), threads.get(name), messages.get(name)))
                .toList();
    }

    private static Map<String, Pause> pauses(Transaction tx, AddOperation operation) throws SQLException {
        Map<String, Pause> pauses = new HashMap<>();
        tx.list(
                "SELECT connection, refused, since, until, reason FROM add_pause WHERE operation = ?",
                row -> pauses.put(
                        row.getString(1),
                        new Pause(row.getBoolean(2), row.getLong(3), row.getLong(4) - tx.now(), row.getString(5))),
                operation.key());
        return pauses;
    }
}
