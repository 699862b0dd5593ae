/**
 * Pulling: time is cut into windows, walkers drain them page by page, and each page is one transaction.
 *
 * <p>To follow a page: {@link io.threadpost.pull.WindowsConsumer} claims a window and sends it through the route
 * {@code walk-windows}; the route's steps ({@link io.threadpost.pull.WalkSteps}) call the window's
 * {@link io.threadpost.pull.WindowWalk}, which fetches pages ({@link io.threadpost.pull.PagePrefetch}) and commits them
 * ({@link io.threadpost.pull.PageStore}).
 *
 * <p>It knows the connector, the spools and the ledger. It promises that every thread version which the platform
 * returns is committed once, that a window counts as covered only when it was drained, and that a crash costs at most
 * one page fetched again.
 */
package io.threadpost.pull;
