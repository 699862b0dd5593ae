package io.threadpost.sandbox;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Waits like a slow platform; ends early when the platform closes. */
final class Pause {
    private Pause() {}

    static void of(Duration duration) throws IOException {
        if (duration.isZero()) {
            return;
        }
        try {
            Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The platform is closing");
        }
    }
}
