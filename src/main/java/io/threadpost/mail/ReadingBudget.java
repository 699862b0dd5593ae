package io.threadpost.mail;

import java.time.Duration;

/**
 * The time that reading one mail may cost: some for each, and more as more of it is read. Memory is bounded where
 * something is kept.
 */
final class ReadingBudget {
    /** For each MiB, a part of the time that each mail has. */
    private static final int MIBS = 20;

    private final long began = System.nanoTime();
    private final Duration time;
    private long bytes;

    /** @param time that each mail has */
    ReadingBudget(Duration time) {
        this.time = time;
    }

    /** It takes longer than it may. */
    static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private ExceededException(long seconds) {
            super("reading it takes longer than " + seconds + " s", null, false, false);
        }
    }

    void read(int more) {
        bytes += more;
    }

    /** @throws ExceededException when the time is up */
    void check() {
        long nanos = time.toNanos() + (bytes >> 10) * (time.toNanos() / MIBS >> 10);
        if (System.nanoTime() - began > nanos) {
            throw new ExceededException(Duration.ofNanos(nanos).toSeconds());
        }
    }
}
