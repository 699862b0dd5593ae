package io.threadpost.sandbox;

/**
 * The times of one token's requests in the last window, refused ones included. Times in nanoseconds. Not thread-safe.
 */
final class SlidingWindow {
    private final long window;
    private final int limit;
    private long[] times = new long[256];
    private int first;
    private int size;
    private int most;
    private long pausedUntil;
    private boolean paused;

    SlidingWindow(long window, int limit) {
        this.window = window;
        this.limit = limit;
    }

    /** Counts a request; answers how many nanoseconds to wait before another would be admitted, 0 if this one is. */
    long arrive(long now) {
        while (size > 0 && now - times[first] >= window) {
            first = (first + 1) % times.length;
            size--;
        }
        if (size == times.length) {
            grow();
        }
        times[(first + size++) % times.length] = now;
        most = Math.max(most, size);
        // The request that has to leave the window first, so that one more fits in.
        return size <= limit ? 0 : times[(first + size - limit) % times.length] + window - now;
    }

    int most() {
        return most;
    }

    /** A 429 asked for a pause that begins now. */
    void pause(long now, long nanos) {
        paused = true;
        pausedUntil = now + nanos;
    }

    boolean isPaused(long now) {
        return paused && now - pausedUntil < 0;
    }

    private void grow() {
        long[] more = new long[times.length * 2];
        for (int i = 0; i < size; i++) {
            more[i] = times[(first + i) % times.length];
        }
        times = more;
        first = 0;
    }
}
