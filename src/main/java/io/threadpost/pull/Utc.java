package io.threadpost.pull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The platform's times as nanoseconds since the epoch: exact, and in order. */
final class Utc {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private Utc() {}

    /** @return empty when the text is null or no ISO 8601 time between the years 1677 and 2262 */
    static OptionalLong nanos(String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(nanos(Instant.from(DateTimeFormatter.ISO_INSTANT.parse(text))));
        } catch (DateTimeException | ArithmeticException e) {
            return withoutZone(text);
        }
    }

    /** The platform documents UTC: a time without a zone is one. */
    private static OptionalLong withoutZone(String text) {
        try {
            return OptionalLong.of(nanos(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** @throws ArithmeticException outside of the years 1677 to 2262 */
    static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    static String text(long nanos) {
        return instant(nanos).toString();
    }
}
