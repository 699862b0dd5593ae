package io.threadpost.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests of each action since these faults were set, and rolls each one's faults. */
final class FaultDice {
    private final Faults faults;
    private final Map<String, AtomicLong> ordinals = new ConcurrentHashMap<>();

    FaultDice(Faults faults) {
        this.faults = faults;
    }

    FaultRoll roll(String action) {
        long ordinal = ordinals.computeIfAbsent(action, any -> new AtomicLong()).incrementAndGet();
        return new FaultRoll(faults, action, ordinal);
    }
}
