package io.threadpost.routemonitor;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.inject.Singleton;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;

import io.threadpost.routefiles.RouteFiles;

/** The routes of this process, as they are now. */
@Singleton
public final class RunningRoutes {
    private static final double NANOS_PER_MILLI = 1e6;

    private final CamelContext camel;
    private final RouteFiles files;
    private final RouteCounters counters;

    RunningRoutes(CamelContext camel, RouteFiles files, RouteCounters counters) {
        this.camel = camel;
        this.files = files;
        this.counters = counters;
    }

    /**
     * A route. Counts and times are since its running version was loaded into this process.
     *
     * @param file its route file; null for a route in Java
     * @param line its line there, from 1; null when unknown
     * @param description null without one
     * @param state {@code started}, {@code stopped} or {@code suspended}
     * @param since when it was started; null when it is not
     * @param exchanges that passed it, failed ones included
     * @param failures exchanges that left it with an error
     * @param meanMillis of an exchange; null before the first one
     * @param lastMillis of the last exchange; null before the first one
     * @param last when the last exchange was done; null before the first one
     * @param lastFailure the last error, which may hold secrets; null when there was none
     * @param inFlight exchanges in it now
     */
    public record RunningRoute(
            String id,
            String file,
            Integer line,
            String description,
            String state,
            Instant since,
            long exchanges,
            long failures,
            Double meanMillis,
            Double lastMillis,
            Instant last,
            Instant lastFailureAt,
            String lastFailure,
            int inFlight) {}

    /** @return all routes: those of files first, by file and line, then those in Java, by id */
    public List<RunningRoute> all() {
        Map<String, String> fileOf = new HashMap<>();
        files.statuses().forEach(file -> file.routes().forEach(route -> fileOf.put(route, file.name())));
        return camel.getRoutes().stream()
                .map(route -> view(route, fileOf.get(route.getRouteId())))
                .sorted(Comparator.comparing(RunningRoute::file, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(RunningRoute::line, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(RunningRoute::id))
                .toList();
    }

    private RunningRoute view(Route route, String file) {
        String id = route.getRouteId();
        RouteCounters.Counts counts = counters.of(id);
        boolean none = counts.lastAt() == 0;
        long uptime = route.getUptimeMillis();
        // A route that is being replaced has no status for a moment.
        String state = String.valueOf(camel.getRouteController().getRouteStatus(id));
        return new RunningRoute(
                id,
                file,
                file == null ? null : line(route.getRoute(), file),
                route.getDescription(),
                state.equals("null") ? "stopped" : state.toLowerCase(Locale.ROOT),
                uptime == 0 ? null : Instant.now().minusMillis(uptime),
                counts.exchanges(),
                counts.failures(),
                none ? null : millis(counts.nanos() / Math.max(1, counts.exchanges())),
                none ? null : millis(counts.lastNanos()),
                time(counts.lastAt()),
                time(counts.lastFailureAt()),
                counts.lastFailure(),
                camel.getInflightRepository().size(id));
    }

    /** A route from a kamelet or a template may be located in another file. */
    private static Integer line(NamedNode definition, String file) {
        boolean located = definition != null && file.equals(definition.getLocation()) && definition.getLineNumber() > 0;
        return located ? definition.getLineNumber() : null;
    }

    private static Instant time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0;
    }
}
