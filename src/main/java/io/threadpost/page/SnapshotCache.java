package io.threadpost.page;

import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps what was read for a hundred times as long as reading took, so that however large the ledger is and however many
 * ask, reading takes a hundredth of a core. If reading is slow, a request gets what was read before, and the next one
 * what is read after it.
 */
final class SnapshotCache<T> {
    private static final int KEEP_FACTOR = 100;
    private static final Duration KEEP_AT_LEAST = Duration.ofSeconds(1);
    private static final Duration KEEP_AT_MOST = Duration.ofSeconds(30);
    /** No request waits longer than this while there is something to show. */
    private static final Duration SLOW = Duration.ofMillis(50);
    /** What is older is not shown. */
    private static final Duration OLD = Duration.ofMinutes(1);

    private final Supplier<T> source;
    private final Lock reading = new ReentrantLock();
    private volatile Snapshot<T> last;

    SnapshotCache(Supplier<T> source) {
        this.source = source;
    }

    /** What was read, when, and how long that took; times of {@link System#nanoTime}. */
    private record Snapshot<T>(T value, long at, long took) {
        boolean fresh() {
            long keep = Math.max(KEEP_AT_LEAST.toNanos(), Math.min(KEEP_AT_MOST.toNanos(), KEEP_FACTOR * took));
            return age() < keep;
        }

        boolean usable() {
            return fresh() || took > SLOW.toNanos() && age() < OLD.toNanos();
        }

        private long age() {
            return System.nanoTime() - at;
        }
    }

    /** @return what was read a moment ago, or now */
    T get() {
        Snapshot<T> snapshot = last;
        if (snapshot != null && snapshot.usable()) {
            return snapshot.value();
        }
        reading.lock();
        try {
            snapshot = last;
            return snapshot != null && snapshot.fresh() ? snapshot.value() : read();
        } finally {
            reading.unlock();
        }
    }

    /** Reads again what is no longer fresh, unless that is being done. */
    void refresh() {
        Snapshot<T> snapshot = last;
        if (snapshot != null && !snapshot.fresh() && reading.tryLock()) {
            try {
                read();
            } finally {
                reading.unlock();
            }
        }
    }

    void forget() {
        last = null;
    }

    private T read() {
        long began = System.nanoTime();
        T value = source.get();
        last = new Snapshot<>(value, System.nanoTime(), System.nanoTime() - began);
        return value;
    }
}
