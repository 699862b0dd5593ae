package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

/** The server's time, against clocks that are off, jump and go back. */
class PlatformClockTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final PlatformClock clock = new PlatformClock("main", null);

    /** The platform says a time, at this many seconds of steady and of local time after noon. */
    private void says(Instant serverTime, long seconds) {
        clock.observe(serverTime, nanos(seconds), wall(seconds), nanos(seconds));
    }

    private Instant at(long seconds) {
        return clock.now(wall(seconds), nanos(seconds)).orElseThrow();
    }

    private static long nanos(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static long wall(long seconds) {
        return NOON.plusSeconds(seconds).toEpochMilli();
    }

    @Test
    void knowsNothingBeforeTheFirstAnswer() {
        assertThat(clock.now(wall(0), nanos(0))).isEmpty();
        assertThat(clock.latest(nanos(0))).isEmpty();
        assertThat(clock.age(nanos(0))).isEmpty();
    }

    @Test
    void theLatestTimeFollowsEveryJumpAtOnce() {
        says(NOON, 0);
        says(NOON.plusSeconds(10 + 3600), 10);
        assertThat(at(20)).isEqualTo(NOON.plusSeconds(20));
        assertThat(clock.latest(nanos(20))).contains(NOON.plusSeconds(20 + 3600));
        assertThat(clock.age(nanos(20))).contains(Duration.ofSeconds(10));
    }

    @Test
    void isTheLastDatePlusSteadyTimeWhateverTheLocalClockSays() {
        says(NOON.minus(Duration.ofDays(400)), 0);
        assertThat(at(30)).isEqualTo(NOON.minus(Duration.ofDays(400)).plusSeconds(30));
    }

    @Test
    void doesNotFollowAServerThatJumpsAheadUntilItHasHeldForTenMinutes() {
        says(NOON, 0);
        says(NOON.plusSeconds(10 + 3600), 10);
        assertThat(at(10)).isEqualTo(NOON.plusSeconds(10));
        says(NOON.plusSeconds(500 + 3600), 500);
        assertThat(at(500)).isEqualTo(NOON.plusSeconds(500));
        says(NOON.plusSeconds(610 + 3600), 610);
        assertThat(at(610)).isEqualTo(NOON.plusSeconds(610 + 3600));
    }

    @Test
    void trustsAtOnceWhenTheJumpIsTakenBack() {
        says(NOON, 0);
        says(NOON.plusSeconds(10 + 3600), 10);
        says(NOON.plusSeconds(20), 20);
        assertThat(at(20)).isEqualTo(NOON.plusSeconds(20));
        says(NOON.plusSeconds(700 + 3600), 700);
        assertThat(at(700)).isEqualTo(NOON.plusSeconds(700));
    }

    @Test
    void followsAServerThatFallsBack() {
        says(NOON, 0);
        says(NOON.minusSeconds(3600), 10);
        assertThat(at(10)).isEqualTo(NOON.minusSeconds(3600));
    }

    @Test
    void doesNotTakeALocalClockThatFallsBackForTheServersJump() {
        says(NOON, 0);
        // The local clock is set back by an hour: by it, the server jumped ahead.
        clock.observe(NOON.plusSeconds(10), nanos(10), wall(10 - 3600), nanos(10));
        assertThat(clock.now(wall(10 - 3600), nanos(10)).orElseThrow()).isBeforeOrEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void remembersTheTrustedOffsetOverARestart() {
        PlatformClock restarted = new PlatformClock("main", 0L);
        restarted.observe(NOON.plusSeconds(3600), nanos(0), wall(0), nanos(0));
        assertThat(restarted.now(wall(0), nanos(0))).contains(NOON);
    }

    @Test
    void anAnswerThatComesLateDoesNotSetTheClockBack() {
        says(NOON.plusSeconds(60), 60);
        clock.observe(NOON.plusSeconds(50), nanos(50), wall(60), nanos(60));
        assertThat(at(60)).isEqualTo(NOON.plusSeconds(60));
    }
}
