package io.threadpost.heartbeat;

/**
 * One loop's sign of life. A loop that dies without {@link #end} falls silent, and so shows. Safe for use by several
 * threads.
 */
public final class Heartbeat {
    private final Heartbeats heartbeats;
    private final String loop;
    private volatile long beatNanos = System.nanoTime();
    private volatile boolean away;

    Heartbeat(Heartbeats heartbeats, String loop) {
        this.heartbeats = heartbeats;
        this.loop = loop;
    }

    /** The loop turns, in code of our own. */
    public void beat() {
        beatNanos = System.nanoTime();
        away = false;
    }

    /**
     * From here to the next {@link #beat} the work is in the hands of a route, which may take as long as its targets
     * do.
     */
    public void away() {
        away = true;
    }

    /** The loop was told to end. */
    public void end() {
        heartbeats.forget(this);
    }

    /** @return what turns, for people */
    public String loop() {
        return loop;
    }

    /** @return nanoseconds since the last beat; 0 while the work is with a route */
    long silentNanos() {
        return away ? 0 : Math.max(0, System.nanoTime() - beatNanos);
    }
}
