package io.threadpost.add;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.retry.Backoff;
import io.threadpost.spool.PostponedException;

/**
 * A circuit breaker per connection, for one operation. It opens at once when the platform refuses the token or the
 * address, and after several failures in a row. After the wait one add probes. Other connections, and the other
 * operation, go on.
 */
final class AddCircuitBreaker {
    private static final Logger LOG = Logger.getLogger(AddCircuitBreaker.class);
    private static final Backoff REFUSED = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10));
    private static final Backoff FAILING = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1));
    /** Failures in a row that open it: fewer say nothing about the next request. */
    private static final int OPEN_AFTER = 3;
    /** How long the others wait for the probe. */
    private static final long TRY_MILLIS = 5_000;
    /** Shorter than the shortest pause. */
    private static final long MOMENT_NANOS = Duration.ofMillis(900).toNanos();
    /** No message waits longer without asking again: the pause may have ended. */
    private static final long LONGEST_MILLIS = 60_000;

    private static final String THIS = " WHERE connection = ? AND operation = ?";

    private final Ledger ledger;
    private final AddOperation operation;
    private final Map<String, Integer> failuresInRow = new ConcurrentHashMap<>();
    private final Set<String> paused = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> moments = new ConcurrentHashMap<>();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    AddCircuitBreaker(Ledger ledger, AddOperation operation) {
        this.ledger = ledger;
        this.operation = operation;
    }

    /**
     * Admits a request that adds.
     *
     * @throws PostponedException when the connection's adds are paused, and this one is not the probe
     */
    void admit(String connection) {
        ledger.read(tx -> pause(tx, connection)).ifPresent(pause -> admit(connection, pause));
    }

    /**
     * Admits a read-back: failing adds say nothing about it.
     *
     * @throws PostponedException when the platform refuses the token or address, or fails to answer read-backs
     */
    void admitReadBack(String connection) {
        ledger.read(tx -> pause(tx, connection))
                .filter(pause -> pause.refused() || unreadable.contains(connection))
                .ifPresent(pause -> admit(connection, pause));
    }

    private void admit(String connection, Pause pause) {
        paused.add(connection);
        boolean tries = pause.waitMillis() <= 0
                && ledger.write(tx -> tx.update(
                                "UPDATE add_pause SET until = ?" + THIS + " AND until = ?",
                                tx.now() + TRY_MILLIS,
                                connection,
                                operation.key(),
                                pause.until()))
                        == 1;
        if (!tries) {
            long most = Math.min(LONGEST_MILLIS, Math.max(1000, pause.waitMillis()));
            throw new PostponedException(Duration.ofMillis(Backoff.jitter(most / 2, most)), pause.reason());
        }
    }

    /** What was admitted was not sent: if it was the probe, the next one is. */
    void notSent(String connection) {
        if (paused.contains(connection)) {
            ledger.write(tx -> tx.update(
                    "UPDATE add_pause SET until = ?" + THIS + " AND until > ? AND until <= ?",
                    tx.now(),
                    connection,
                    operation.key(),
                    tx.now(),
                    tx.now() + TRY_MILLIS));
        }
    }

    /** The platform refuses the token or the address: only a person can change that. */
    void refused(String connection, String reason) {
        pause(connection, true, reason);
    }

    /** The platform could not be reached, or failed. */
    void failed(String connection, String reason) {
        int row = failuresInRow.merge(connection, 1, Integer::sum);
        if (row >= OPEN_AFTER || paused.contains(connection)) {
            pause(connection, false, reason);
        }
    }

    /** A read-back failed. */
    void readBackFailed(String connection, String reason) {
        unreadable.add(connection);
        failed(connection, reason);
    }

    /** A read-back succeeded, which does not show whether adds do. */
    void readBackSucceeded(String connection) {
        unreadable.remove(connection);
    }

    /** A request that adds was answered. */
    void succeeded(String connection) {
        failuresInRow.remove(connection);
        if (paused.contains(connection)) {
            int ended = ledger.write(tx -> tx.update("DELETE FROM add_pause" + THIS, connection, operation.key()));
            paused.remove(connection);
            if (ended == 1) {
                LOG.infof("%s: adds %s again", connection, operation.key());
            }
        }
    }

    private void pause(String connection, boolean refused, String reason) {
        paused.add(connection);
        if (!newMoment(connection)) {
            return;
        }
        long wait = ledger.write(tx -> {
            int failures = 1
                    + tx.one("SELECT failures FROM add_pause" + THIS, row -> row.getInt(1), connection, operation.key())
                            .orElse(0);
            // Between half of it and all: a probe is due before long, but not at once.
            long millis = (refused ? REFUSED : FAILING).millisFromHalf(failures);
            tx.update(
                    "INSERT INTO add_pause (connection, operation, refused, since, until, failures, reason)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (connection, operation) DO UPDATE"
                            + " SET refused = excluded.refused, until = excluded.until,"
                            + " failures = excluded.failures, reason = excluded.reason",
                    connection,
                    operation.key(),
                    refused,
                    tx.now(),
                    tx.now() + millis,
                    failures,
                    tx.redacted(reason));
            return millis;
        });
        LOG.warnf(
                "%s: adding %s is paused, next try in %.1f s: %s", connection, operation.key(), wait / 1000.0, reason);
    }

    /** Concurrent failures count as one: they say no more about the next request. */
    private boolean newMoment(String connection) {
        long now = System.nanoTime();
        return moments.compute(connection, (name, last) -> last != null && now - last < MOMENT_NANOS ? last : now)
                == now;
    }

    private Optional<Pause> pause(Transaction tx, String connection) throws SQLException {
        return tx.one(
                "SELECT until, refused, reason FROM add_pause" + THIS,
                row -> new Pause(row.getLong(1), row.getLong(1) - tx.now(), row.getBoolean(2), row.getString(3)),
                connection,
                operation.key());
    }

    private record Pause(long until, long waitMillis, boolean refused, String reason) {}
}
