package io.threadpost.pull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

import io.threadpost.ledger.ProcessClock;

/** Time that passes only when it is told to, and at once when somebody waits for it. */
final class SimulatedTime implements InstantSource {
    private Instant now = Instant.parse("2026-03-29T00:30:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** @return the clock of a process whose wall clock is wrong by that much */
    ProcessClock clock(Duration error) {
        return new ProcessClock() {
            @Override
            public long wallMillis() {
                return now.plus(error).toEpochMilli();
            }

            @Override
            public long nanos() {
                return ChronoUnit.NANOS.between(Instant.EPOCH, now);
            }

            @Override
            public void await(Object monitor, long millis) {
                pass(Duration.ofMillis(millis));
            }
        };
    }
}
