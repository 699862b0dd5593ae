package io.threadpost.routefiles;

import java.time.Instant;

/**
 * A version of a route file that ran.
 *
 * @param id its number in the ledger
 * @param since when it began to run, for the last time
 */
public record RouteFileVersion(long id, Instant since, String source) {}
