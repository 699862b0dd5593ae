package io.threadpost.spool;

import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Singleton;

/**
 * Room for one: of what was in hand when a process ended, one batch at a time is in hand again in this process. So
 * whatever ends it once more is told from what only was there.
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
