package io.threadpost.heartbeat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

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

    /** The heartbeat of one loop. A loop that dies without {@link #end} falls silent and is reported. Thread-safe. */
    public static final class Heartbeat {
        private final String loop;
        private final Consumer<Heartbeat> ended;
        private volatile long beatNanos = System.nanoTime();
        private volatile boolean away;

        /** @param ended is called when the loop ends on request */
        Heartbeat(String loop, Consumer<Heartbeat> ended) {
            this.loop = loop;
            this.ended = ended;
        }

        /** The loop is running its own code. */
        public void beat() {
            beatNanos = System.nanoTime();
            away = false;
        }

        /** Until the next {@link #beat} a route has the work, which may take as long as its targets do. */
        public void away() {
            away = true;
        }

        /** The loop ends on request. */
        public void end() {
            ended.accept(this);
        }

        /** @return the name of the loop, for people */
        public String loop() {
            return loop;
        }

        /** @return nanoseconds since the last beat; 0 while a route has the work */
        long silentNanos() {
            return away ? 0 : Math.max(0, System.nanoTime() - beatNanos);
        }
    }
}
