package io.threadpost.connector;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code Retry-After}: seconds, or an HTTP date (RFC 9110, 10.2.3). */
final class RetryAfter {
    private RetryAfter() {}

    /**
     * @param header its value, or null
     * @param serverNow the server's time, by its own {@code Date}; whole seconds
     * @return milliseconds to wait from the answer on, at least 0; empty when the header says nothing usable
     */
    static OptionalLong millis(String header, Instant serverNow) {
        if (header == null) {
            return OptionalLong.empty();
        }
        String text = header.strip();
        if (text.matches("\\d{1,9}")) {
            return OptionalLong.of(Long.parseLong(text) * 1000);
        }
        return date(text)
                .map(until -> OptionalLong.of(
                        Math.max(0, Duration.between(serverNow, until).toMillis())))
                .orElse(OptionalLong.empty());
    }

    /** @return the instant of an HTTP date, or empty when it is none */
    static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
