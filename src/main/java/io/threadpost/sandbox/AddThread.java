package io.threadpost.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@code messageThreads/add}: no idempotency key, so every call that is carried out makes another thread. */
final class AddThread {
    private final ThreadStore store;
    private final ThreadJson json;
    private final Enterprises enterprises;
    private final ScheduledExecutorService later;

    AddThread(ThreadStore store, ThreadJson json, Enterprises enterprises, ScheduledExecutorService later) {
        this.store = store;
        this.json = json;
        this.enterprises = enterprises;
        this.later = later;
    }

    /** @param visibleAfter how long nobody sees the thread */
    ApiAnswer answer(String accessToken, ThreadText text, Duration visibleAfter) {
        int slot = store.addNow(enterprises.home(accessToken), text, visibleAfter.isZero());
        if (!visibleAfter.isZero()) {
            later.schedule(() -> store.show(slot), visibleAfter.toNanos(), TimeUnit.NANOSECONDS);
        }
        return ApiAnswer.page(json.page(List.of(store.version(slot)), null), List.of());
    }
}
