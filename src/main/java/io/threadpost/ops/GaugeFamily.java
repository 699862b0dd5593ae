package io.threadpost.ops;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Gauges of several things of one kind, such as spools: the name of each thing is a tag. All gauges of a scrape share
 * one reading of the ledger. A thing that does not exist shows as NaN.
 */
final class GaugeFamily<T> {
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final MeterRegistry meters;
    private final String prefix;
    private final String tag;
    private final Supplier<List<T>> all;
    private final Function<T, String> name;

    /**
     * @param prefix of the names of the gauges, such as {@code threadpost.spool.}
     * @param tag what a thing is called
     * @param all read at a scrape, at most once a second
     * @param name of a thing
     */
    GaugeFamily(MeterRegistry meters, String prefix, String tag, Supplier<List<T>> all, Function<T, String> name) {
        this.meters = meters;
        this.prefix = prefix;
        this.tag = tag;
        this.all = cached(all);
        this.name = name;
    }

    /** @return a value that is at most a second old; safe for use by several threads, of which one reads anew */
    static <V> Supplier<V> cached(Supplier<V> source) {
        return new Supplier<>() {
            private V value;
            private long readNanos;

            @Override
            public synchronized V get() {
                if (value == null || System.nanoTime() - readNanos > FRESH_NANOS) {
                    value = source.get();
                    readNanos = System.nanoTime();
                }
                return value;
            }
        };
    }

    /** @return the things as they are now, or were a second ago */
    List<T> all() {
        return all.get();
    }

    /** @param name the thing that is measured */
    Thing of(String name) {
        return new Thing(name);
    }

    /** The gauges of one thing. */
    final class Thing {
        private final String thing;

        private Thing(String thing) {
            this.thing = thing;
        }

        /** @param unit null for a plain number */
        void number(String gauge, String description, String unit, ToDoubleFunction<T> value) {
            Gauge.builder(prefix + gauge, () -> all.get().stream()
                            .filter(known -> name.apply(known).equals(thing))
                            .mapToDouble(value)
                            .findFirst()
                            .orElse(Double.NaN))
                    .description(description)
                    .baseUnit(unit)
                    .tag(tag, thing)
                    .register(meters);
        }

        void seconds(String gauge, String description, ToDoubleFunction<T> millis) {
            number(gauge, description, "seconds", of -> millis.applyAsDouble(of) / 1000);
        }

        void flag(String gauge, String description, Predicate<T> set) {
            number(gauge, description, null, of -> set.test(of) ? 1 : 0);
        }
    }
}
