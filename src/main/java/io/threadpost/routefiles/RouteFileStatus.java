package io.threadpost.routefiles;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.threadpost.routecheck.RouteFinding;

/**
 * How a route file stands.
 *
 * @param since when the version that runs began to run, in this process or in one before; null when none does
 * @param routes ids of the routes that run from it
 * @param findings what stands against the version in the folder, and warnings about it
 */
public record RouteFileStatus(String name, Instant since, List<String> routes, List<RouteFinding> findings) {
    /** @return whether the version in the folder cannot run */
    public boolean broken() {
        return findings.stream().anyMatch(routeFinding -> routeFinding.severity() == RouteFinding.Severity.ERROR);
    }

    /** @return the first error in one line; empty when it is not broken */
    public String firstError() {
        return findings.stream()
                .filter(routeFinding -> routeFinding.severity() == RouteFinding.Severity.ERROR)
                .map(RouteFinding::text)
                .findFirst()
                .orElse("");
    }

    /** @return whether some version of it runs */
    public boolean runs() {
        return since != null;
    }

    /** @return what runs while the version in the folder is broken, in words */
    public String instead() {
        return runs()
                ? "its version of " + since.truncatedTo(ChronoUnit.SECONDS) + " keeps running"
                : "nothing of it runs";
    }
}
