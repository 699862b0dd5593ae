package io.threadpost.retry;

import java.time.Duration;

/**
 * What was said last: a loop that fails again and again for the same reason says so once a minute. Not for use by
 * several threads.
 */
public final class LogDeduplicator {
    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private String words;
    private long nanos;

    /** @return whether that was not said within the last minute; then it counts as said now */
    public boolean isNew(String what) {
        long now = System.nanoTime();
        if (what.equals(words) && now - nanos < AGAIN_NANOS) {
            return false;
        }
        words = what;
        nanos = now;
        return true;
    }
}
