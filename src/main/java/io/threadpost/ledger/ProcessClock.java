package io.threadpost.ledger;

/** The wall clock at the start of the process plus monotonic time: a clock that is set does not move what is due. */
final class ProcessClock {
    private final long wall = System.currentTimeMillis();
    private final long steady = System.nanoTime();

    /** @return milliseconds since the epoch */
    long millis() {
        return wall + (System.nanoTime() - steady) / 1_000_000;
    }
}
