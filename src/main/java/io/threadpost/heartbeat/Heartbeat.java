package io.threadpost.heartbeat;

import java.util.function.Consumer;

/** The heartbeat of one loop. A loop that dies without {@link #end} falls silent and is reported. Thread-safe. */
public final class Heartbeat {
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
