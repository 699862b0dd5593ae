package io.threadpost.routefiles;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import io.threadpost.routecheck.RouteFinding;

/** What is said and counted about route files: one line for each change, and each finding once. */
final class RouteFileReporter {
    private static final Logger LOG = Logger.getLogger(RouteFiles.class);

    private final Counter loaded;
    private final Counter failed;
    private final Map<String, List<RouteFinding>> told = new HashMap<>();

    RouteFileReporter(MeterRegistry meters) {
        loaded = Counter.builder("threadpost.routefiles.loaded")
                .description("Versions of route files that were taken over")
                .register(meters);
        failed = Counter.builder("threadpost.routefiles.failed")
                .description("Versions of route files that were found broken and left out")
                .register(meters);
    }

    /** A version was read that runs nowhere yet. */
    void read(RouteFileStatus file) {
        if (file.broken()) {
            failed.increment();
        }
    }

    /** Camel refused a version. */
    void refused() {
        failed.increment();
    }

    /** A file's routes were started, replaced, stopped or paused; null where there are none. */
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

    /** How all files stand: what was not said about one before is said now. */
    void found(List<RouteFileStatus> files) {
        Set<String> there = files.stream().map(RouteFileStatus::name).collect(Collectors.toSet());
        told.keySet().removeIf(name -> {
            boolean gone = !there.contains(name);
            if (gone) {
                LOG.info("Routes: " + name + " is gone");
            }
            return gone;
        });
        for (RouteFileStatus file : files) {
            List<RouteFinding> before = told.getOrDefault(file.name(), List.of());
            if (file.findings().equals(before)) {
                continue;
            }
            told.put(file.name(), file.findings());
            file.findings().stream()
                    .filter(routeFinding -> !before.contains(routeFinding))
                    .forEach(RouteFileReporter::say);
            if (file.broken()) {
                LOG.error("Routes: " + file.name() + " was not taken over; " + file.instead());
            } else if (before.stream()
                    .anyMatch(routeFinding -> routeFinding.severity() == RouteFinding.Severity.ERROR)) {
                LOG.info("Routes: " + file.name() + " is good again");
            }
        }
    }

    private static void say(RouteFinding routeFinding) {
        LOG.log(
                routeFinding.severity() == RouteFinding.Severity.ERROR ? Logger.Level.ERROR : Logger.Level.WARN,
                "Routes: " + routeFinding.text());
    }
}
