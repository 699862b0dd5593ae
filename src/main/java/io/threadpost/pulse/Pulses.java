package io.threadpost.pulse;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

/** All loops that should be turning. */
@Singleton
public final class Pulses {
    private final Set<Pulse> beating = ConcurrentHashMap.newKeySet();

    /** Made once for the process, by injection; tests make their own. */
    public Pulses() {}

    /** @param loop what begins to turn, for people: "spool files" */
    public Pulse begin(String loop) {
        Pulse pulse = new Pulse(this, loop);
        beating.add(pulse);
        return pulse;
    }

    /** @return loops without a beat for longer than that, by name */
    public List<Pulse> silent(Duration longerThan) {
        return beating.stream()
                .filter(pulse -> pulse.silentNanos() > longerThan.toNanos())
                .sorted(Comparator.comparing(Pulse::loop))
                .toList();
    }

    void forget(Pulse pulse) {
        beating.remove(pulse);
    }
}
