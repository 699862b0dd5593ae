package io.threadpost.routefiles;

import java.time.Instant;

/**
 * A version of a route file that ran.
 *
 * @param id its number in the ledger
 * @param since when it began to run, for the last time; of the last version of a deleted file, when that was deleted
 */
public record RouteFileVersion(long id, Instant since, String source) {}
