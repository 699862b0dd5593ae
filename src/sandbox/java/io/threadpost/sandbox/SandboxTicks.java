package io.threadpost.sandbox;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Times as the platform counts them: ticks of 100 ns since the epoch, in a {@code long}. */
final class SandboxTicks {
    static final long PER_SECOND = 10_000_000;
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

    private SandboxTicks() {}

    static long of(Instant instant) {
        return instant.getEpochSecond() * PER_SECOND + instant.getNano() / 100;
    }

    static long of(Duration duration) {
        return duration.getSeconds() * PER_SECOND + duration.getNano() / 100;
    }

    static Instant instant(long ticks) {
        return Instant.ofEpochSecond(Math.floorDiv(ticks, PER_SECOND), Math.floorMod(ticks, PER_SECOND) * 100);
    }

    /** An ISO 8601 date-time with an offset, or empty; digits finer than a tick are cut off. */
    static OptionalLong parse(String text) {
        if (!DATE_TIME.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(of(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException notADate) {
            return OptionalLong.empty();
        }
    }
}
