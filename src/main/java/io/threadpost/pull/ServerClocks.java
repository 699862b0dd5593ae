package io.threadpost.pull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;

/** One {@link ServerClock} a connection; the offset it trusts outlives the process. */
@Singleton
final class ServerClocks {
    private static final long WORTH_STORING_MILLIS = 5_000;

    private final Ledger ledger;
    private final Map<String, ServerClock> clocks = new ConcurrentHashMap<>();

    ServerClocks(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param serverTime the answer's Date; null when it had none */
    void observe(String connection, Instant serverTime, long answeredNanos) {
        ServerClock clock = clock(connection);
        Long before = clock.trusted();
        clock.observe(
                serverTime == null ? Instant.now() : serverTime,
                answeredNanos,
                System.currentTimeMillis(),
                System.nanoTime());
        Long after = clock.trusted();
        if (before == null || Math.abs(after - before) > WORTH_STORING_MILLIS) {
            store(connection, after);
        }
    }

    /** @return the platform's time, never ahead of it; empty before the process has asked */
    Optional<Instant> now(String connection) {
        return clock(connection).now(System.currentTimeMillis(), System.nanoTime());
    }

    private ServerClock clock(String connection) {
        return clocks.computeIfAbsent(connection, name -> new ServerClock(name, stored(name)));
    }

    private Long stored(String connection) {
        return ledger.read(tx -> tx.one(
                        "SELECT offset_ms FROM pull_connection WHERE connection = ?",
                        row -> {
                            long offset = row.getLong(1);
                            return row.wasNull() ? Optional.<Long>empty() : Optional.of(offset);
                        },
                        connection)
                .flatMap(offset -> offset)
                .orElse(null));
    }

    private void store(String connection, long offset) {
        ledger.write(tx -> tx.update(
                "INSERT INTO pull_connection (connection, offset_ms) VALUES (?, ?)"
                        + " ON CONFLICT (connection) DO UPDATE SET offset_ms = excluded.offset_ms",
                connection,
                offset));
    }
}
