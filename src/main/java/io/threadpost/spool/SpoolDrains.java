package io.threadpost.spool;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.heartbeat.Heartbeats.Heartbeat;

/** The drains of this process: which spools have one, when it last made progress, and how many items it settled. */
@Singleton
final class SpoolDrains {
    private final Heartbeats heartbeats;
    private final MeterRegistry meters;
    private final long began = System.nanoTime();
    private final Map<String, Spool> spools = new ConcurrentHashMap<>();
    private final AtomicReference<Running> quarantined = new AtomicReference<>();

    SpoolDrains(Heartbeats heartbeats, MeterRegistry meters) {
        this.heartbeats = heartbeats;
        this.meters = meters;
    }

    /**
     * Registers a drain.
     *
     * @param limited whether the spool has a cron
     */
    Running begin(String spool, boolean limited) {
        Spool begun = spools.computeIfAbsent(spool, Spool::new);
        begun.limited = limited;
        return new Running(begun);
    }

    /** @return whether the spool is drained here by a cron */
    boolean limited(String spool) {
        Spool known = spools.get(spool);
        return known != null && known.limited;
    }

    /** @return spools that have or had a drain, by name */
    Set<String> spools() {
        return new TreeSet<>(spools.keySet());
    }

    /** @return drains running for that spool; more than one share its items */
    int running(String spool) {
        Spool known = spools.get(spool);
        return known == null ? 0 : known.running.get();
    }

    /** @return milliseconds since items of that spool were last settled here; since the start, if never */
    long idleMillis(String spool) {
        Spool known = spools.get(spool);
        return (System.nanoTime() - (known == null ? began : known.settledNanos)) / 1_000_000;
    }

    /** What this process knows about a spool it drains or drained. */
    private final class Spool {
        private final String name;
        private final AtomicInteger running = new AtomicInteger();
        private final Counter delivered;
        private final Counter failed;
        private volatile long settledNanos = began;
        private volatile boolean limited;
        private final RateLimiter rateLimiter = new RateLimiter();

        Spool(String name) {
            this.name = name;
            this.delivered = counter("delivered", "Items that left the spool because the other side has them");
            this.failed = counter("failed", "Failed attempts of single items, without outages of the target");
        }

        private Counter counter(String what, String description) {
            return Counter.builder("threadpost.spool." + what)
                    .description(description)
                    .baseUnit("items")
                    .tag("spool", name)
                    .register(meters);
        }
    }

    /** One running drain. */
    final class Running {
        private final Spool spool;
        private final Heartbeat heartbeat;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Running(Spool spool) {
            this.spool = spool;
            this.heartbeat = heartbeats.begin("drain of spool " + spool.name);
            spool.running.incrementAndGet();
        }

        Heartbeat pulse() {
            return heartbeat;
        }

        /** @return the same for all drains of the spool */
        RateLimiter rateLimiter() {
            return spool.rateLimiter;
        }

        /**
         * Of the batches that were in flight when a process ended, this process works on one at a time. So the batch
         * that ends it again is distinguished from those that were merely in flight.
         *
         * @return whether this drain may work on such a batch now
         */
        boolean enterQuarantine() {
            return quarantined.compareAndSet(null, this) || quarantined.get() == this;
        }

        void leaveQuarantine() {
            quarantined.compareAndSet(this, null);
        }

        /** Counts items whose settlement is committed. */
        void settled(int delivered, int failed) {
            spool.settledNanos = System.nanoTime();
            spool.delivered.increment(delivered);
            spool.failed.increment(failed);
        }

        /** Deregisters the drain; a second call changes nothing. */
        void end() {
            if (ended.compareAndSet(false, true)) {
                spool.running.decrementAndGet();
                heartbeat.end();
            }
        }
    }

    /** Limits the rate of a spool's items, over all its drains in this process. Unused capacity is not accumulated. */
    static final class RateLimiter {
        private static final long SECOND_NANOS = 1_000_000_000L;

        private long nextNanos = System.nanoTime();

        /**
         * Reserves the next slot.
         *
         * @param items how many go out at once
         * @param rate items a second
         * @return when they may go, by {@link System#nanoTime}
         */
        synchronized long reserve(int items, int rate) {
            long now = System.nanoTime();
            long begin = nextNanos - now > 0 ? nextNanos : now;
            nextNanos = begin + items * SECOND_NANOS / rate;
            return begin;
        }
    }
}
