package io.threadpost.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff with jitter: after each failure in a row the longest wait doubles, and the wait is drawn below
 * it, so that those who failed together do not retry together.
 *
 * @param base the longest wait after the first failure, more than zero
 * @param max the longest wait at all
 */
public record Backoff(Duration base, Duration max) {
    /**
     * Full jitter: anywhere up to the longest wait.
     *
     * @param failures failures in a row, from 1
     * @return milliseconds to wait, at least 1
     */
    public long millis(int failures) {
        return jitter(1, longest(failures));
    }

    /**
     * Equal jitter: half of the longest wait is certain, for a pause that a short draw would undo.
     *
     * @param failures failures in a row, from 1
     * @return milliseconds to wait, at least 1
     */
    public long millisFromHalf(int failures) {
        long longest = longest(failures);
        return jitter(Math.max(1, longest / 2), longest);
    }

    private long longest(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 30);
        return Math.max(1, Math.min(max.toMillis(), base.toMillis() << doublings));
    }

    /** @return milliseconds, uniformly between the least and the most, both included */
    public static long jitter(long least, long most) {
        return least >= most ? least : ThreadLocalRandom.current().nextLong(least, most + 1);
    }
}
