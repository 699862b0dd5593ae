package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** What backfills leave to the others, and how fast they go. */
class BackfillShareTest {
    private static final int LIMIT = 200;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long WINDOW = 30 * SECOND;

    private final BackfillShare share = new BackfillShare(LIMIT, Duration.ofSeconds(30));

    @Test
    void takesEverythingWhileNobodyElseAsks() {
        assertThat(share.slots(0)).isEqualTo(LIMIT);
    }

    @Test
    void takesEverythingElseFromASteadyPull() {
        for (long at = 0; at < 10 * WINDOW; at += 10 * SECOND) {
            share.othersTook(at);
            assertThat(share.slots(at + SECOND)).isEqualTo(LIMIT);
        }
    }

    @Test
    void leavesWhatTheOthersUsuallyTakeAtMostATenth() {
        for (int i = 0; i < 40; i++) {
            share.othersTook(0);
        }
        assertThat(share.slots(SECOND)).as("they hold more than usual").isEqualTo(LIMIT);
        assertThat(share.slots(WINDOW)).isEqualTo(LIMIT - 10);
        for (int i = 0; i < 400; i++) {
            share.othersTook(WINDOW);
        }
        assertThat(share.slots(2 * WINDOW)).isEqualTo(LIMIT - LIMIT / 10);
        assertThat(share.slots(5 * WINDOW)).as("long after").isEqualTo(LIMIT);
    }

    @Test
    void spreadsItsRequestsOverTheWindowAndMakesUpForDelays() {
        int taken = 0;
        long now = 0;
        while (now < WINDOW) {
            long wait = share.waitNanos(now);
            assertThat(wait).isLessThanOrEqualTo(WINDOW / LIMIT);
            if (wait == 0) {
                share.took(now);
                taken++;
            }
            // Each is late by a fifth of the pace.
            now += wait + WINDOW / LIMIT / 5;
        }
        assertThat(taken).isBetween(LIMIT, LIMIT + LIMIT / 10);
    }
}
