package io.threadpost.ops;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.SpoolStatus.Spool;

/** Gauges of each spool, read from the ledger at the scrape. A spool shows from the first scrape after it was first seen. */
@Singleton
final class SpoolGauges {
    private final Provider<SpoolStatus> status;
    private final Set<String> shown = ConcurrentHashMap.newKeySet();

    /** @param status asked for at a scrape: meters are bound before the ledger is open */
    SpoolGauges(Provider<SpoolStatus> status) {
        this.status = status;
    }

    void bindTo(MeterRegistry meters) {
        Cached<List<Spool>> spools = new Cached<>(() -> status.get().spools());
        Gauge.builder("threadpost.spool.known", () -> {
                    spools.get().forEach(spool -> show(spool.name(), spools, meters));
                    return shown.size();
                })
                .description("Spools that were seen since the start")
                .register(meters);
    }

    private void show(String spool, Cached<List<Spool>> spools, MeterRegistry meters) {
        if (!shown.add(spool)) {
            return;
        }
        gauge(spool, spools, "waiting", "Items waiting or being worked", Spool::items)
                .baseUnit("items")
                .register(meters);
        gauge(spool, spools, "age", "Age of the oldest waiting item", of -> of.oldestMillis() / 1000.0)
                .baseUnit("seconds")
                .register(meters);
        gauge(spool, spools, "dead", "Items given up, waiting for a person", Spool::dead)
                .baseUnit("items")
                .register(meters);
        gauge(spool, spools, "paused", "1 while the target is down", of -> of.pause() == null ? 0 : 1)
                .register(meters);
        gauge(spool, spools, "held", "1 while a person holds it", of -> of.hold() == null ? 0 : 1)
                .register(meters);
        gauge(spool, spools, "consumers", "Routes that drain it in this process", Spool::drains)
                .register(meters);
    }

    private static Gauge.Builder<?> gauge(
            String spool, Cached<List<Spool>> spools, String name, String description, ToDoubleFunction<Spool> value) {
        return Gauge.builder("threadpost.spool." + name, () -> spools.get().stream()
                        .filter(known -> known.name().equals(spool))
                        .mapToDouble(value)
                        .findFirst()
                        .orElse(0))
                .description(description)
                .tag("spool", spool);
    }
}
