package io.threadpost.ops;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;

/**
 * Gauges of several things of one kind, such as spools: each thing's name is a tag. All gauges of a scrape share one
 * reading of the ledger. A thing that is not there shows as NaN.
 */
final class GaugeFamily<T> {
    private final String prefix;
    private final String tag;
    private final Supplier<List<T>> all;
    private final Function<T, String> name;

    /**
     * @param prefix of the gauges' names, such as {@code threadpost.spool.}
     * @param tag what a thing is called
     * @param all read at a scrape, at most once a second
     * @param name a thing's
     */
    GaugeFamily(String prefix, String tag, Supplier<List<T>> all, Function<T, String> name) {
        this.prefix = prefix;
        this.tag = tag;
        this.all = new ScrapeCache<>(all);
        this.name = name;
    }

    /** @return the things there are now, or were a second ago */
    List<T> all() {
        return all.get();
    }

    /** @param thing the name of the one that is measured */
    Gauge.Builder<?> gauge(String thing, String gauge, String description, ToDoubleFunction<T> value) {
        return Gauge.builder(prefix + gauge, () -> all.get().stream()
                        .filter(known -> name.apply(known).equals(thing))
                        .mapToDouble(value)
                        .findFirst()
                        .orElse(Double.NaN))
                .description(description)
                .tag(tag, thing);
    }

    static double seconds(long millis) {
        return millis / 1000.0;
    }
}
