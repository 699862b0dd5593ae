package io.threadpost.spool;

import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Singleton;

/**
 * Admits one at a time: of the batches that were in flight when a process ended, this process works only one at once.
 * So the batch that ends it again is distinguished from those that were merely in flight.
 */
@Singleton
final class CrashQuarantine {
    private final AtomicReference<Object> inside = new AtomicReference<>();

    /** @return whether that drain is inside now */
    boolean enter(Object drain) {
        return inside.compareAndSet(null, drain) || inside.get() == drain;
    }

    void leave(Object drain) {
        inside.compareAndSet(drain, null);
    }
}
