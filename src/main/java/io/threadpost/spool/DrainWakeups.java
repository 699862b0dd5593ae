package io.threadpost.spool;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells the drain of a spool, within this process, that something came; other nodes' parcels are found by looking. */
final class DrainWakeups {
    private final Map<String, Semaphore> signals = new ConcurrentHashMap<>();

    void wake(String spool) {
        signal(spool).release();
    }

    /** Returns when woken since the last call, or after the time. */
    void await(String spool, long millis) throws InterruptedException {
        Semaphore signal = signal(spool);
        if (signal.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            signal.drainPermits();
        }
    }

    private Semaphore signal(String spool) {
        return signals.computeIfAbsent(spool, name -> new Semaphore(0));
    }
}
