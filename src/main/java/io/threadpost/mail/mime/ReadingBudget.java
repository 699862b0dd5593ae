package io.threadpost.mail.mime;

import java.time.Duration;

/**
 * The time limit for reading one mail, which grows as more of it is read. Memory is limited where something is kept.
 */
final class ReadingBudget {
    /** Each MiB adds such a fraction of the base time. */
    private static final int MIBS = 20;

    private final long began = System.nanoTime();
    private final Duration time;
    private long bytes;

    /** @param time the base time */
    ReadingBudget(Duration time) {
        this.time = time;
    }

    /** Reading takes too long. */
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
