package io.threadpost.ops;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.SpoolStatus.Spool;

/**
 * Gauges of each spool, read from the ledger at the scrape. A spool shows from the first scrape after it was first
 * seen.
 */
@Singleton
final class SpoolGauges {
    private final GaugeFamily<Spool> spools;
    private final Set<String> shown = ConcurrentHashMap.newKeySet();

    /** @param status asked for at a scrape: meters are bound before the ledger is open */
    SpoolGauges(Provider<SpoolStatus> status) {
        this.spools = new GaugeFamily<>(
                "threadpost.spool.", "spool", () -> status.get().spools(), Spool::name);
    }

    void bindTo(MeterRegistry meters) {
        Gauge.builder("threadpost.spool.known", () -> {
                    spools.all().forEach(spool -> show(spool.name(), meters));
                    return shown.size();
                })
                .description("Spools that were seen since the start")
                .register(meters);
    }

    private void show(String spool, MeterRegistry meters) {
        if (!shown.add(spool)) {
            return;
        }
        spools.gauge(spool, "waiting", "Items waiting or being worked", Spool::items)
                .baseUnit("items")
                .register(meters);
        spools.gauge(spool, "age", "Age of the oldest waiting item", of -> GaugeFamily.seconds(of.oldestMillis()))
                .baseUnit("seconds")
                .register(meters);
        spools.gauge(spool, "dead", "Items given up, waiting for a person", Spool::dead)
                .baseUnit("items")
                .register(meters);
        spools.gauge(spool, "paused", "1 while the target is down", of -> of.pause() == null ? 0 : 1)
                .register(meters);
        spools.gauge(spool, "held", "1 while a person holds it", of -> of.hold() == null ? 0 : 1)
                .register(meters);
        spools.gauge(spool, "consumers", "Routes that drain it in this process", Spool::drains)
                .register(meters);
    }
}
