package io.threadpost.sandbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The request limit of each access token: 200 in 30 s by the documentation. Refused requests count as well. With
 * {@link LimitReading#BOTH}, a request is refused when either reading refuses it.
 */
final class RateLimit {
    private final Map<String, SlidingWindow> windows = new HashMap<>();
    /** Empty unless bursts are counted, too. */
    private final Map<String, Burst> bursts = new HashMap<>();

    private int early;

    /** Admits so many requests in a window of that length. */
    record Rule(int requests, Duration window, LimitReading reading) {
        Rule(int requests, Duration window) {
            this(requests, window, LimitReading.SLIDING);
        }

        Rule {
            if (requests < 1) {
                throw new IllegalArgumentException("A limit admits at least one request");
            }
        }
    }

    RateLimit(Iterable<String> accessTokens, Rule rule) {
        accessTokens.forEach(
                token -> windows.put(token, new SlidingWindow(rule.window().toNanos(), rule.requests())));
        if (rule.reading() == LimitReading.BOTH) {
            windows.keySet().forEach(token -> bursts.put(token, new Burst(rule)));
        }
    }

    /** A window that begins with the first request after the last one ended. */
    private static final class Burst {
        private final Rule rule;
        private long began;
        private int requests;

        Burst(Rule rule) {
            this.rule = rule;
        }

        /** As {@link SlidingWindow#arrive}. */
        long arrive(long now) {
            long end = began + rule.window().toNanos();
            if (requests == 0 || now - end >= 0) {
                began = now;
                requests = 0;
                end = now + rule.window().toNanos();
            }
            requests++;
            return requests <= rule.requests() ? 0 : end - now;
        }
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
        Burst burst = bursts.get(accessToken);
        return Duration.ofNanos(Math.max(window.arrive(now), burst == null ? 0 : burst.arrive(now)));
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
