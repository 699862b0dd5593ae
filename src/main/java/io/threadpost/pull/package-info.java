/**
 * Pulling: time is cut into windows, walkers drain them page by page, and each page is one transaction.
 *
 * <p>It knows the connector, the spools and the ledger. It promises that every version of a thread which the platform
 * returns is committed once, that a window counts as covered only when it was drained, and that a crash costs at most
 * one page fetched again.
 */
package io.threadpost.pull;
