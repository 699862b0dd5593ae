package io.threadpost.sandbox;

import java.time.Duration;

/**
 * How an answer is sent.
 *
 * @param fate what happens to it
 * @param over the time its body is spread over; zero sends it at once
 */
record Delivery(Fate fate, Duration over) {
    static final Delivery PROMPT = new Delivery(Fate.WHOLE, Duration.ZERO);

    enum Fate {
        /** It is sent completely. */
        WHOLE,
        /** Half of the body, then the connection is closed. */
        TRUNCATED,
        /** Nothing; the connection is closed. */
        CLOSED,
        /** Nothing; the connection is reset. */
        RESET
    }

    Delivery with(Fate other) {
        return new Delivery(other, over);
    }
}
