package io.threadpost.ledger;

/**
 * The wall clock as it stood when the process began, going on steadily: a clock that is set does not move what is due.
 */
final class ProcessClock {
    private final long wall = System.currentTimeMillis();
    private final long steady = System.nanoTime();

    /** @return milliseconds since the epoch */
    long millis() {
        return wall + (System.nanoTime() - steady) / 1_000_000;
    }
}
