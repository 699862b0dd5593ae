package io.threadpost.mail;

import java.time.Duration;

/** What reading one mail may cost: its time. Memory is bounded where something is kept. */
final class Budget {
    private final long began = System.nanoTime();
    private final Duration time;

    Budget(Duration time) {
        this.time = time;
    }

    /** It takes longer than it may. */
    static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private ExceededException(Duration time) {
            super("reading it takes longer than " + time.toSeconds() + " s", null, false, false);
        }
    }

    /** @throws ExceededException when the time is up */
    void check() {
        if (System.nanoTime() - began > time.toNanos()) {
            throw new ExceededException(time);
        }
    }
}
