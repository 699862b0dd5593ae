package io.threadpost.routefiles;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.threadpost.routecheck.RouteFinding;

/**
 * The status of a route file.
 *
 * @param since when the running version started to run, in this process or in an earlier one; null when none runs
 * @param routes ids of its running routes
 * @param findings errors and warnings about the version in the folder
 */
public record RouteFileStatus(String name, Instant since, List<String> routes, List<RouteFinding> findings) {
    /** @return whether the version in the folder cannot run */
    public boolean broken() {
        return findings.stream().anyMatch(finding -> finding.severity() == RouteFinding.Severity.ERROR);
    }

    /** @return the first error in one line; empty when it is not broken */
    public String firstError() {
        return findings.stream()
                .filter(finding -> finding.severity() == RouteFinding.Severity.ERROR)
                .map(RouteFinding::text)
                .findFirst()
                .orElse("");
    }

    /** @return whether any version of it runs */
    public boolean runs() {
        return since != null;
    }

    /** @return what runs while the version in the folder is broken, for people */
    public String instead() {
        return runs()
                ? "its version of " + since.truncatedTo(ChronoUnit.SECONDS) + " keeps running"
                : "none of its routes run";
    }
}
