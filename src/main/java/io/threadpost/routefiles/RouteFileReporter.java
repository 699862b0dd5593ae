package io.threadpost.routefiles;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import io.threadpost.routecheck.RouteFinding;

/** Logs and counts what happens to route files: one line for each change, and each finding once. */
final class RouteFileReporter {
    private static final Logger LOG = Logger.getLogger(RouteFileReporter.class);

    private final Counter loaded;
    private final Counter failed;
    private final AtomicLong broken = new AtomicLong();
    private final Map<String, List<RouteFinding>> reported = new HashMap<>();

    RouteFileReporter(MeterRegistry meters) {
        loaded = Counter.builder("threadpost.routefiles.loaded")
                .description("Versions of route files that were loaded")
                .register(meters);
        failed = Counter.builder("threadpost.routefiles.failed")
                .description("Versions of route files that were rejected")
                .register(meters);
        Gauge.builder("threadpost.routefiles.broken", broken::get)
                .description("Route files whose version in the folder cannot run")
                .register(meters);
    }

    /** A version was read. */
    void read(RouteFileStatus file) {
        if (file.broken()) {
            failed.increment();
        }
    }

    /** Camel rejected a version. */
    void rejected() {
        failed.increment();
    }

    /**
     * A file's routes were started, replaced, stopped or paused.
     *
     * @param before null when nothing ran
     * @param after null when nothing runs
     */
    void swapped(String file, LoadedRoutes before, LoadedRoutes after) {
        if (before == null && after == null) {
            return;
        }
        if (after != null) {
            loaded.increment();
        }
        Set<String> old = before == null ? Set.of() : before.started();
        Set<String> now = after == null ? Set.of() : after.started();
        Set<String> paused = after == null ? Set.of() : after.paused();
        List<String> parts = new ArrayList<>();
        part(parts, "started", now, old, false);
        part(parts, "replaced", now, old, true);
        part(parts, "stopped", old, now, false);
        part(parts, "paused", paused, Set.of(), false);
        LOG.infof("Routes: %s: %s", file, parts.isEmpty() ? "no routes" : String.join("; ", parts));
    }

    private static void part(List<String> parts, String what, Set<String> of, Set<String> others, boolean common) {
        Set<String> routes = new TreeSet<>(of);
        routes.removeIf(route -> others.contains(route) != common);
        if (!routes.isEmpty()) {
            parts.add(what + " " + String.join(", ", routes));
        }
    }

    /** Logs what is new about any of the files, and counts the broken ones. */
    void statuses(List<RouteFileStatus> files) {
        broken.set(files.stream().filter(RouteFileStatus::broken).count());
        Set<String> present = files.stream().map(RouteFileStatus::name).collect(Collectors.toSet());
        reported.keySet().removeIf(name -> {
            boolean gone = !present.contains(name);
            if (gone) {
                LOG.info("Routes: " + name + " is gone");
            }
            return gone;
        });
        for (RouteFileStatus file : files) {
            List<RouteFinding> before = reported.getOrDefault(file.name(), List.of());
            if (file.findings().equals(before)) {
                continue;
            }
            reported.put(file.name(), file.findings());
            file.findings().stream()
                    .filter(finding -> !before.contains(finding))
                    .forEach(RouteFileReporter::log);
            if (file.broken()) {
                LOG.error("Routes: " + file.name() + " was not applied; " + file.instead());
            } else if (before.stream().anyMatch(finding -> finding.severity() == RouteFinding.Severity.ERROR)) {
                LOG.info("Routes: " + file.name() + " is valid again");
            }
        }
    }

    private static void log(RouteFinding finding) {
        LOG.log(
                finding.severity() == RouteFinding.Severity.ERROR ? Logger.Level.ERROR : Logger.Level.WARN,
                "Routes: " + finding.text());
    }
}
