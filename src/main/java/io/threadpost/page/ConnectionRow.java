package io.threadpost.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.add.AddStatus;
import io.threadpost.connector.RequestBudget;
import io.threadpost.pull.PullStatus;
import io.threadpost.pull.WindowStatus.Span;

/** A connection on the overview: {@code budget} is a percentage. */
@RegisterForReflection
record ConnectionRow(
        String name,
        String tone,
        String state,
        String pulled,
        String held,
        int budget,
        String behind,
        String adding,
        List<Timeline> timelines,
        List<WindowRow> open,
        List<String> gaps) {
    private static final int MOST_GAPS = 3;
    private static final int MOST_OPEN = 10;

    /** An open window; {@code progress} is a percentage. */
    @RegisterForReflection
    record WindowRow(String what, String range, int progress, String counts, String error) {}

    static ConnectionRow of(
            PullStatus.Connection connection,
            RequestBudget.Usage usage,
            AddStatus.Connection adding,
            List<Span> spans,
            Instant now) {
        boolean refused = connection.refusedSince() > 0;
        String state = refused
                ? "refused: " + connection.refusal()
                : connection.error() != null
                        ? connection.error()
                        : connection.pulled() ? works(usage) : "not pulled yet";
        return new ConnectionRow(
                connection.name(),
                refused ? "bad" : connection.error() != null ? "warn" : "ok",
                state,
                connection.pulled() ? PageFormat.ago(now.minusMillis(connection.sinceMillis()), now) : "never",
                PageFormat.number(usage.held()) + " of " + PageFormat.number(usage.limit())
                        + (usage.pausedMillis() > 0
                                ? ", paused for " + PageFormat.duration(Duration.ofMillis(usage.pausedMillis()))
                                : ""),
                (int) Math.min(100, Math.round(100.0 * usage.held() / Math.max(1, usage.limit()))),
                connection.pulled() || connection.behindMillis() > 0
                        ? PageFormat.duration(Duration.ofMillis(connection.behindMillis()))
                        : "not known",
                adding(adding),
                timelines(spans, now),
                spans.stream()
                        .filter(span ->
                                span.state().equals("open") || span.state().equals("paused"))
                        .limit(MOST_OPEN)
                        .map(ConnectionRow::window)
                        .toList(),
                gaps(spans));
    }

    private static String works(RequestBudget.Usage usage) {
        if (usage.pausedMillis() > 0) {
            return "works; the platform asks to wait " + PageFormat.duration(Duration.ofMillis(usage.pausedMillis()));
        }
        return usage.held() < usage.limit()
                ? "works"
                : "works; all requests that the platform allows are used, so the next ones wait for some seconds";
    }

    private static String adding(AddStatus.Connection adding) {
        String unresolved =
                adding.unresolved() == 0 ? "" : PageFormat.count(adding.unresolved(), "unresolved", "unresolved");
        if (adding.pause() == null) {
            return unresolved.isEmpty() ? "works" : unresolved;
        }
        return (adding.pause().refused() ? "refused: " : "last try failed: ")
                + adding.pause().reason();
    }

    private static List<Timeline> timelines(List<Span> spans, Instant now) {
        if (spans.isEmpty()) {
            return List.of();
        }
        Instant first = spans.get(spans.size() - 1).start();
        Instant day = now.minus(Duration.ofDays(1));
        List<Timeline> timelines = new ArrayList<>();
        if (first.isBefore(day)) {
            timelines.add(Timeline.of("All of the time pulled", spans, first, now));
        }
        timelines.add(Timeline.of("The last day", spans, day, now));
        return timelines;
    }

    private static List<String> gaps(List<Span> spans) {
        List<Span> gaps = Timeline.gaps(spans);
        List<String> lines = gaps.stream()
                .limit(MOST_GAPS)
                .map(gap -> PageFormat.minute(gap.start()) + " to " + PageFormat.minute(gap.end()) + " ("
                        + PageFormat.duration(Duration.between(gap.start(), gap.end())) + ")")
                .collect(Collectors.toCollection(ArrayList::new));
        if (gaps.size() > MOST_GAPS) {
            lines.add("and " + PageFormat.number(gaps.size() - MOST_GAPS) + " more");
        }
        return lines;
    }

    private static WindowRow window(Span span) {
        double whole = Math.max(1, Duration.between(span.start(), span.end()).toMillis());
        double done = Duration.between(span.reached(), span.end()).toMillis();
        return new WindowRow(
                (span.live() ? "Live window" : "Backfill") + (span.state().equals("paused") ? ", paused" : ""),
                PageFormat.minute(span.start()) + " to " + PageFormat.minute(span.end()),
                (int) (100 * done / whole),
                PageFormat.count(span.pages(), "page", "pages") + ", "
                        + PageFormat.count(span.threads(), "thread", "threads"),
                span.error() == null ? "" : span.error());
    }
}
