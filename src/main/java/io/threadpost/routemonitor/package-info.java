/**
 * What runs: the exchanges of each route, counted and timed, and traces of the last ones of routes that an operator
 * traces.
 *
 * <p>It knows Camel, the route files, and the steps that an exchange passes. The entry point is
 * {@link io.threadpost.routemonitor.RunningRoutes}.
 *
 * <p>It promises that counting costs two clock readings and one property for each exchange, that a trace is bounded in
 * time, number and size, and that it holds no body unless the operator asks for bodies.
 */
package io.threadpost.routemonitor;
