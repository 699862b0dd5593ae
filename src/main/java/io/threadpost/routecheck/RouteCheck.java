package io.threadpost.routecheck;

/** One check. It is made for one file, or for all files together, and runs once. */
@FunctionalInterface
interface RouteCheck {
    void check();
}
