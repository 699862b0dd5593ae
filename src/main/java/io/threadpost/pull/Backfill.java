package io.threadpost.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.threadpost.retry.DurationFormat;

/**
 * A backfill and how far it is.
 *
 * @param origin operator, pull, gaps or audit
 * @param enterprises whose threads; empty: those of all enterprises that the connection pulls
 * @param state running, paused, cancelled or finished
 * @param share of the time that it has to pull, from 0 to 1; what was covered before does not count
 * @param windows that are not drained
 * @param pages pages committed
 * @param threads new versions committed
 * @param threadsPerSecond over the last minute or less; 0 unless it is running
 * @param expected estimated thread versions that are left, by the density so far; null before anything is known
 * @param remaining until it is finished, by the density and the rate so far, never faster than the budget allows; null
 *     unless it is running and the density is known
 * @param covered whether all of its time was covered before, so that it pulls nothing, of no enterprise
 * @param finished null before
 * @param error the last failure of a window that waits for its next try; null when there is none
 * @param waitsFor the spool that is full, whose target has to catch up first; null when it does not wait
 */
public record Backfill(
        long id,
        String connection,
        String origin,
        Instant from,
        Instant to,
        List<String> enterprises,
        String state,
        double share,
        long windows,
        long pages,
        long threads,
        double threadsPerSecond,
        Long expected,
        Duration remaining,
        boolean covered,
        Instant requested,
        Instant finished,
        String error,
        String waitsFor) {
    /** @return how far it is, in one line */
    public String line() {
        String line = String.format(
                Locale.ROOT,
                "backfill %d of %s is %s: %.1f %% of %s to %s, %d threads",
                id,
                connection,
                state,
                100 * share,
                from,
                to,
                threads);
        if (covered) {
            return line + ", since all of that was pulled before";
        }
        if (waitsFor != null) {
            return line + ", waits for spool:" + waitsFor + ", which is full";
        }
        return remaining == null
                ? line
                : String.format(
                        Locale.ROOT,
                        "%s, %.0f a second, about %s left",
                        line,
                        threadsPerSecond,
                        DurationFormat.text(remaining));
    }
}
