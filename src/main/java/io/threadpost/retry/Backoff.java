package io.threadpost.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff with full jitter: the wait is anywhere between nothing and the doubled step, so that those who
 * failed together do not come back together.
 *
 * @param base the longest wait after the first failure, more than zero
 * @param max the longest wait at all
 */
public record Backoff(Duration base, Duration max) {
    /**
     * @param failures failures in a row, from 1
     * @return milliseconds to wait, at least 1
     */
    public long millis(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 30);
        long step = Math.min(max.toMillis(), base.toMillis() << doublings);
        return 1 + ThreadLocalRandom.current().nextLong(Math.max(1, step));
    }
}
