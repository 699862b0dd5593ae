/**
 * Route files of a running installation: found, checked, loaded and swapped one by one, so that an edit takes effect
 * within a second and a broken one costs nothing.
 *
 * <p>It knows the checks, the ledger, which keeps the last source of each file that ran, and Camel; the routes written
 * in Java are not its own and it never touches them. The door is {@link io.threadpost.routefiles.RouteFiles}.
 */
package io.threadpost.routefiles;
