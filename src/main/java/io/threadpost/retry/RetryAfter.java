package io.threadpost.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads {@code Retry-After}: seconds, or an HTTP date (RFC 9110, 10.2.3). Capped at an hour: a wrong value of a server
 * or proxy would otherwise stop everything for years.
 */
public final class RetryAfter {
    /** The cap. */
    public static final long LONGEST_MILLIS = Duration.ofHours(1).toMillis();

    private RetryAfter() {}

    /**
     * @param header its value, or null
     * @param serverNow the server's time, by its own {@code Date}; whole seconds
     * @return milliseconds to wait from the answer on, from 0 to {@link #LONGEST_MILLIS}; empty when the header has no
     *     usable value
     */
    public static OptionalLong millis(String header, Instant serverNow) {
        if (header == null) {
            return OptionalLong.empty();
        }
        String text = header.strip();
        if (text.matches("\\d+")) {
            return believed(text.length() > 9 ? LONGEST_MILLIS : Long.parseLong(text) * 1000);
        }
        return date(text)
                .map(until -> believed(Duration.between(serverNow, until).toMillis()))
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong believed(long millis) {
        return OptionalLong.of(Math.max(0, Math.min(LONGEST_MILLIS, millis)));
    }

    /** @return the instant of an HTTP date, or empty when it is not one */
    public static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
