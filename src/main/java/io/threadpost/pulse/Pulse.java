package io.threadpost.pulse;

/** One loop's sign of life. A loop that dies without {@link #end} falls silent, and so shows. Safe for use by several threads. */
public final class Pulse {
    private final Pulses pulses;
    private final String loop;
    private volatile long beatNanos = System.nanoTime();
    private volatile boolean away;

    Pulse(Pulses pulses, String loop) {
        this.pulses = pulses;
        this.loop = loop;
    }

    /** The loop turns, in code of our own. */
    public void beat() {
        beatNanos = System.nanoTime();
        away = false;
    }

    /** From here to the next {@link #beat} the work is in the hands of a route, which may take as long as its targets do. */
    public void away() {
        away = true;
    }

    /** The loop was told to end. */
    public void end() {
        pulses.forget(this);
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
