package io.threadpost.heartbeat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

/** The heartbeats of all running loops. */
@Singleton
public final class Heartbeats {
    private final Set<Heartbeat> beating = ConcurrentHashMap.newKeySet();

    /** One for the process, by injection; tests create their own. */
    public Heartbeats() {}

    /** @param loop the name of the loop, for people: "spool files" */
    public Heartbeat begin(String loop) {
        Heartbeat heartbeat = new Heartbeat(loop, beating::remove);
        beating.add(heartbeat);
        return heartbeat;
    }

    /** @return loops without a beat for longer than that, by name */
    public List<Heartbeat> silent(Duration longerThan) {
        return beating.stream()
                .filter(heartbeat -> heartbeat.silentNanos() > longerThan.toNanos())
                .sorted(Comparator.comparing(Heartbeat::loop))
                .toList();
    }
}
