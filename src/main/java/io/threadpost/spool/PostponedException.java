package io.threadpost.spool;

import java.time.Duration;

/**
 * Thrown by a route's step when an item has to wait although nothing failed: it stays in the spool and is handed out
 * again later. No attempt counts, the spool is not paused, and other items are not affected.
 */
public final class PostponedException extends RuntimeException {
    private final Duration delay;

    /**
     * @param delay how long it waits at least, not negative
     * @param reason one line for people, without secrets
     */
    public PostponedException(Duration delay, String reason) {
        super(reason);
        this.delay = delay;
    }

    /** @return how long the item waits at least */
    public Duration delay() {
        return delay;
    }
}
