package io.threadpost.ops;

import java.util.function.Supplier;

/** A value that several gauges of one scrape share. Safe for use by several threads; one at a time reads anew. */
final class ScrapeCache<T> implements Supplier<T> {
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Supplier<T> source;
    private T value;
    private long readNanos;

    ScrapeCache(Supplier<T> source) {
        this.source = source;
    }

    /** @return the value, at most a second old */
    @Override
    public synchronized T get() {
        if (value == null || System.nanoTime() - readNanos > FRESH_NANOS) {
            value = source.get();
            readNanos = System.nanoTime();
        }
        return value;
    }
}
