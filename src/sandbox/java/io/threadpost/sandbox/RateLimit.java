package io.threadpost.sandbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The sliding request limit of each access token: 200 in any 30 s by the documentation. Refused requests count as well.
 */
final class RateLimit {
    private final Map<String, SlidingWindow> windows = new HashMap<>();
    private int early;

    /** Admits so many requests in any window of that length. */
    record Rule(int requests, Duration window) {
        Rule {
            if (requests < 1) {
                throw new IllegalArgumentException("A limit admits at least one request");
            }
        }
    }

    RateLimit(Iterable<String> accessTokens, Rule rule) {
        accessTokens.forEach(
                token -> windows.put(token, new SlidingWindow(rule.window().toNanos(), rule.requests())));
    }

    /** The pause to ask for; zero where the request is admitted or its token is not known. */
    synchronized Duration arrive(String accessToken) {
        SlidingWindow window = windows.get(accessToken);
        // Taken under the lock: the window needs its times in order.
        long now = System.nanoTime();
        if (window == null) {
            return Duration.ZERO;
        }
        if (window.isPaused(now)) {
            early++;
        }
        return Duration.ofNanos(window.arrive(now));
    }

    /** A 429 with {@code Retry-After} is about to be answered. */
    synchronized void pause(String accessToken, long now, Duration pause) {
        SlidingWindow window = windows.get(accessToken);
        if (window != null) {
            window.pause(now, pause.toNanos());
        }
    }

    /** Requests that came before the {@code Retry-After} of their token's last 429 was over. */
    synchronized int early() {
        return early;
    }

    synchronized int most() {
        return windows.values().stream().mapToInt(SlidingWindow::most).max().orElse(0);
    }
}
