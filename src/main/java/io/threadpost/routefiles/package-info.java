/**
 * The route files of a running installation: scanned, checked, loaded and swapped one by one.
 *
 * <p>It knows the linter with Threadpost's vocabulary, the ledger, which stores the last good source of each file, and
 * Camel. It leaves routes in Java alone. The entry point is {@link io.threadpost.routefiles.RouteFiles}.
 *
 * <p>It promises that an edit takes effect within a second, that a broken edit leaves the last good version running,
 * also across a restart, and that the old routes drain before the new ones start.
 */
package io.threadpost.routefiles;
