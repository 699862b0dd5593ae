package io.threadpost.ops;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.threadpost.pull.UtcNanos;
import io.threadpost.settings.PullStart;
import io.threadpost.settings.Settings;

/**
 * The connection and the interval that a request names.
 *
 * @param from before {@code to}
 */
record TimeRange(String connection, Instant from, Instant to) {
    /** @throws ApiRefusal when one is missing or wrong */
    static TimeRange of(Settings settings, String connection, String from, String to) {
        Instant start = instant("from", from);
        Instant end = instant("to", to);
        if (!start.isBefore(end)) {
            throw new ApiRefusal(400, "`from` is not before `to`", "name the earlier time first");
        }
        return new TimeRange(connection(settings, connection), start, end);
    }

    /**
     * @param name null when there is only one
     * @throws ApiRefusal when there is no such connection
     */
    static String connection(Settings settings, String name) {
        List<String> names = settings.connectionNames();
        if (name == null && names.size() == 1) {
            return names.get(0);
        }
        if (name == null || !names.contains(name)) {
            throw new ApiRefusal(
                    name == null ? 400 : 404,
                    name == null ? "the connection is missing" : "there is no connection `" + name + "`",
                    "name one of `" + String.join("`, `", names) + "` as `connection`");
        }
        return name;
    }

    private static Instant instant(String name, String text) {
        try {
            if (text != null) {
                // Windows begin and end at milliseconds.
                Instant instant = PullStart.parse(text).from(Instant.now()).truncatedTo(ChronoUnit.MILLIS);
                // Throws outside of the years that nanoseconds reach.
                UtcNanos.nanos(instant);
                return instant;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Reported below, like a time that is missing.
        }
        throw new ApiRefusal(
                400,
                text == null ? "`" + name + "` is missing" : "`" + name + "` is not a time",
                "write an instant such as 2026-05-01T00:00:00Z, a day such as 2026-05-01, or a period before now"
                        + " such as P7D, between the years 1678 and 2261");
    }
}
