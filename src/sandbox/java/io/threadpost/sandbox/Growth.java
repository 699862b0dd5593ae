package io.threadpost.sandbox;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Activity on the platform: new threads and new versions at a steady rate. Which thread is updated is decided by the
 * seed.
 */
final class Growth implements Runnable {
    private static final long TICK_MILLIS = 20;
    private static final int TRIES = 16;

    private final ThreadStore store;
    private final int enterprises;
    private final SandboxOptions options;
    private final ScheduledFuture<?> task;
    private final long started = System.nanoTime();
    private long added;
    private long updated;

    Growth(ThreadStore store, int enterprises, SandboxOptions options, ScheduledExecutorService clock) {
        this.store = store;
        this.enterprises = enterprises;
        this.options = options;
        this.task = options.addsPerSecond() + options.updatesPerSecond() > 0
                ? clock.scheduleAtFixedRate(this, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS)
                : null;
    }

    /** Stops for good. */
    synchronized void stop() {
        if (task != null) {
            task.cancel(false);
        }
    }

    @Override
    public synchronized void run() {
        if (task != null && task.isCancelled()) {
            return;
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        for (; added < (long) (seconds * options.addsPerSecond()); added++) {
            store.generateNow(SplitMix.below(SplitMix.of(options.seed(), added), enterprises));
        }
        for (; updated < (long) (seconds * options.updatesPerSecond()); updated++) {
            update(SplitMix.of(~options.seed(), updated));
        }
    }

    /** Some other thread is taken where the chosen one already has a version of this moment. */
    private void update(long noise) {
        int size = store.size();
        for (int i = 0; i < TRIES && size > 0; i++) {
            if (store.updateIfLater(SplitMix.below(SplitMix.of(noise, i), size))) {
                return;
            }
        }
    }
}
