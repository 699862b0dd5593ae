package io.threadpost.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Where the very first pull begins: a fixed instant, or a period back from now. */
public sealed interface PullStart {

    /**
     * The instant.
     *
     * @param now the present, best by the platform's clock
     */
    Instant from(Instant now);

    /** A fixed instant. */
    record At(Instant instant) implements PullStart {
        @Override
        public Instant from(Instant now) {
            return instant;
        }
    }

    /** Calendar days, months and years (in UTC), then hours and less, back from now. Both parts may be zero. */
    record Back(Period period, Duration duration) implements PullStart {
        @Override
        public Instant from(Instant now) {
            return now.atZone(ZoneOffset.UTC).minus(period).minus(duration).toInstant();
        }
    }

    /**
     * Reads {@code 2026-01-01T00:00:00Z}, {@code 2026-01-01} (UTC), {@code P7D}, {@code P3M} or {@code P1DT12H}.
     *
     * @throws DateTimeException when it is none of these, or a period forward
     */
    static PullStart parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.startsWith("P")) {
            return back(upper);
        }
        return upper.contains("T")
                ? new At(Instant.parse(upper))
                : new At(LocalDate.parse(upper).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static Back back(String text) {
        // Neither class reads the other's half, and P3M must mean calendar months.
        int time = text.indexOf('T');
        Period period = time == 1 ? Period.ZERO : Period.parse(time < 0 ? text : text.substring(0, time));
        Duration duration = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
        if (period.isNegative() || duration.isNegative()) {
            throw new DateTimeParseException("a period back from now has no minus", text, 0);
        }
        return new Back(period, duration);
    }
}
