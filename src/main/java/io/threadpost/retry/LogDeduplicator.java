package io.threadpost.retry;

import java.time.Duration;

/** Limits a loop that fails again and again for the same reason to one log line a minute. Not thread-safe. */
public final class LogDeduplicator {
    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private String words;
    private long nanos;

    /** @return whether this line is to be logged: it is a new one, or the last was a minute ago */
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
