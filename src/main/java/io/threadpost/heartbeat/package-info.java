/**
 * Heartbeats of the loops that do the work: how loops start and stop with their routes, and whether each still runs.
 *
 * <p>It knows {@code errors} only. It promises that a loop is reported as stalled only when nothing outside of this
 * process explains it: a loop that waits for a route is never stalled, because the route may wait for its target.
 */
package io.threadpost.heartbeat;
