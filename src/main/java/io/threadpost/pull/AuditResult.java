package io.threadpost.pull;

import java.time.Duration;
import java.time.Instant;

/**
 * The result of an audit.
 *
 * @param compared how much time was compared; less than was asked for where pages are not recorded
 * @param whole whether all of it was compared
 * @param listed threads that the platform listed
 * @param missing of these, threads that were never committed
 * @param backfill pulls what is missing; null when nothing is
 */
public record AuditResult(
        String connection,
        Instant from,
        Instant to,
        Instant audited,
        Duration compared,
        boolean whole,
        long listed,
        long missing,
        Backfill backfill) {
    /** @return the answer in one line */
    public String line() {
        String part = whole ? "" : " in the part that can be compared, " + compared.toSeconds() + " s";
        if (compared.isZero()) {
            return "unknown: what was pulled from " + from + " to " + to
                    + " is not recorded, or no longer (threadpost.coverage.audit-keep)";
        }
        return missing == 0
                ? "complete: each of the " + listed + " threads that the platform lists from " + from + " to " + to
                        + part + " was pulled"
                : "incomplete: " + missing + " of the " + listed + " threads that the platform lists from " + from
                        + " to " + to + part + " were missing; backfill " + backfill.id() + " pulls them";
    }
}
