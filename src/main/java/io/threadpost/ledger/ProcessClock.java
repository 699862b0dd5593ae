package io.threadpost.ledger;

/** The time of this process, and waits for it. A wall clock that is set does not move what is due. */
public class ProcessClock {
    private final long wall = wallMillis();
    private final long steady = nanos();

    /** @return milliseconds since the epoch: the wall clock at the start of the process plus monotonic time */
    public final long millis() {
        return wall + (nanos() - steady) / 1_000_000;
    }

    /** @return milliseconds since the epoch, as the wall clock has them now */
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    /** @return monotonic time */
    public long nanos() {
        return System.nanoTime();
    }

    /** Waits until the monitor, which the caller holds, is notified, at most for that time. */
    public void await(Object monitor, long millis) throws InterruptedException {
        monitor.wait(millis);
    }
}
