package io.threadpost.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 1000", "2, 2000", "3, 4000", "9, 256000", "10, 300000", "1000000, 300000"})
    void itWaitsAnywhereUpToTheDoubledStep(int failures, long longest) {
        LongStream waits = LongStream.generate(() -> backoff.millis(failures)).limit(2000);

        assertThat(waits.summaryStatistics()).satisfies(seen -> {
            assertThat(seen.getMin()).isBetween(1L, longest / 10);
            assertThat(seen.getMax()).isBetween(longest * 9 / 10, longest);
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "3, 4000", "10, 300000"})
    void halfOfTheDoubledStepIsCertainWhereAShortDrawWouldBeNoPause(int failures, long longest) {
        LongStream waits =
                LongStream.generate(() -> backoff.millisFromHalf(failures)).limit(2000);

        assertThat(waits.summaryStatistics()).satisfies(seen -> {
            assertThat(seen.getMin()).isBetween(longest / 2, longest * 6 / 10);
            assertThat(seen.getMax()).isBetween(longest * 9 / 10, longest);
        });
    }

    @Test
    void theLongestWaitHoldsForABaseOfADay() {
        Backoff days = new Backoff(Duration.ofHours(1), Duration.ofDays(1));

        assertThat(days.millis(60)).isBetween(1L, Duration.ofDays(1).toMillis());
    }
}
