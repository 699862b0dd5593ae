package io.threadpost.spool;

/**
 * Keeps a spool's items apart in time, over all its drains in this process. What was not used while nothing came is not
 * made up for.
 */
final class RateLimiter {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private long nextNanos = System.nanoTime();

    /**
     * Takes the next place in the row.
     *
     * @param items how many go out at once
     * @param rate items a second
     * @return when they may go, by {@link System#nanoTime}
     */
    synchronized long reserve(int items, int rate) {
        long now = System.nanoTime();
        long begin = nextNanos - now > 0 ? nextNanos : now;
        nextNanos = begin + items * SECOND_NANOS / rate;
        return begin;
    }
}
