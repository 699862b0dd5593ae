package io.threadpost.pull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The platform's times as nanoseconds since the epoch: exact, and in order. */
public final class UtcNanos {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long NOT_PLAIN = Long.MIN_VALUE;

    private UtcNanos() {}

    /** @return empty when the text is null or no ISO 8601 time between the years 1677 and 2262 */
    public static OptionalLong nanos(String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            long plain = plain(text);
            if (plain != NOT_PLAIN) {
                return OptionalLong.of(plain);
            }
            return OptionalLong.of(nanos(Instant.from(DateTimeFormatter.ISO_INSTANT.parse(text))));
        } catch (DateTimeException | ArithmeticException e) {
            return withoutZone(text);
        }
    }

    /**
     * The form that the platform writes, such as {@code 2026-11-22T10:00:00.1234567Z}. Every thread passes here, and a
     * formatter would be a sixth of the cost of pulling.
     *
     * @return {@link #NOT_PLAIN} for any other form
     * @throws DateTimeException for a day that does not exist
     */
    private static long plain(String text) {
        int end = text.length() - 1;
        if (end < 19
                || end == 20
                || end > 29
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(19) != (end == 19 ? 'Z' : '.')
                || text.charAt(end) != 'Z') {
            return NOT_PLAIN;
        }
        int year = number(text, 0, 4, 4);
        int hour = number(text, 11, 13, 2);
        int minute = number(text, 14, 16, 2);
        int second = number(text, 17, 19, 2);
        int nano = end == 19 ? 0 : number(text, 20, end, 9);
        int month = number(text, 5, 7, 2);
        int day = number(text, 8, 10, 2);
        boolean plain = year >= 1970 && year < 2262 && hour < 24 && minute < 60 && second < 60;
        if (!plain || (month | day | hour | minute | second | nano) < 0) {
            return NOT_PLAIN;
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3_600 + minute * 60 + second;
        return seconds * SECOND + nano;
    }

    /** @return the digits there, padded with zeros to that many; negative when another character is among them */
    private static int number(String text, int from, int to, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < to ? text.charAt(i) - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
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
    public static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    }

    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    public static String text(long nanos) {
        return instant(nanos).toString();
    }
}
