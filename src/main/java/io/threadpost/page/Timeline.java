package io.threadpost.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.pull.WindowStatus.Span;

/**
 * Windows on a line of time, as bars of an SVG that is {@link #WIDTH} units wide.
 *
 * @param title what part of time it shows
 * @param from its left end
 * @param to its right end
 * @param bars drawn in this order
 * @param summary the same in words
 */
@RegisterForReflection
record Timeline(String title, String from, String to, List<Bar> bars, String summary) {
    static final int WIDTH = 1000;
    /** Narrower bars would not be seen. */
    private static final double NARROWEST = 2;

    /**
     * A bar.
     *
     * @param kind covered, pulled, open or paused: its class in the style sheet
     */
    @RegisterForReflection
    record Bar(String kind, String x, String width, String label) {}

    static Timeline of(String title, List<Span> windows, Instant from, Instant to) {
        List<Bar> bars = new ArrayList<>();
        List<Span> oldestFirst = windows.stream()
                .filter(window -> window.end().isAfter(from) && window.start().isBefore(to))
                .sorted(Comparator.comparing(Span::start))
                .toList();
        double total = Math.max(1, Duration.between(from, to).toMillis());
        for (Span window : oldestFirst) {
            if (window.covered()) {
                bars.add(bar("covered", window.start(), window.end(), from, to, total, "covered"));
            } else if (window.state().equals("open")) {
                String what = window.live() ? "open" : "backfill";
                bars.add(bar("open", window.start(), window.end(), from, to, total, what + ", not pulled yet"));
                if (window.reached().isBefore(window.end())) {
                    bars.add(bar("pulled", window.reached(), window.end(), from, to, total, what + ", pulled"));
                }
            } else {
                bars.add(bar("paused", window.start(), window.end(), from, to, total, window.state()));
            }
        }
        return new Timeline(
                title,
                PageFormat.minute(from),
                PageFormat.minute(to),
                bars,
                title + ": " + covered(oldestFirst, from, to) + " covered");
    }

    private static String covered(List<Span> windows, Instant from, Instant to) {
        long millis = windows.stream()
                .filter(Span::covered)
                .mapToLong(window -> Duration.between(later(window.start(), from), earlier(window.end(), to))
                        .toMillis())
                .sum();
        long percent = Math.round(
                100.0 * millis / Math.max(1, Duration.between(from, to).toMillis()));
        return Math.min(percent, 100) + " %";
    }

    /** @return the times between windows that no window covers, the oldest first */
    static List<Span> gaps(List<Span> windows) {
        List<Span> gaps = new ArrayList<>();
        Instant end = null;
        for (Span window :
                windows.stream().sorted(Comparator.comparing(Span::start)).toList()) {
            if (window.state().equals("cancelled")) {
                continue;
            }
            if (end != null && window.start().isAfter(end)) {
                gaps.add(new Span(false, "gap", end, window.start(), window.start(), 0, 0, 0, null));
            }
            end = end == null || window.end().isAfter(end) ? window.end() : end;
        }
        return gaps;
    }

    private static Bar bar(
            String kind, Instant start, Instant end, Instant from, Instant to, double total, String what) {
        double x = WIDTH * Duration.between(from, later(start, from)).toMillis() / total;
        double right = WIDTH * Duration.between(from, earlier(end, to)).toMillis() / total;
        double width = Math.max(NARROWEST, right - x);
        return new Bar(
                kind,
                units(Math.max(0, Math.min(x, WIDTH - width))),
                units(width),
                PageFormat.minute(start) + " to " + PageFormat.minute(end) + ": " + what);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static String units(double value) {
        return String.valueOf(Math.round(value * 10) / 10.0);
    }
}
