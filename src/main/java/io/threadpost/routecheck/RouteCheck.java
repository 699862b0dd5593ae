package io.threadpost.routecheck;

/**
 * One check of a file, or of all files together. {@link RouteLinter} creates an instance for each run; it reports to
 * the {@link FindingCollector} of the file.
 */
@FunctionalInterface
interface RouteCheck {
    void check();
}
