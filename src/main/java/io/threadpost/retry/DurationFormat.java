package io.threadpost.retry;

import java.time.Duration;

/** Formats durations for people. */
public final class DurationFormat {
    private DurationFormat() {}

    /** @return the two largest units: {@code 42 s}, {@code 16 min 3 s}, {@code 3 h 5 min}, {@code 2 d 4 h} */
    public static String text(Duration age) {
        if (age.toMinutes() == 0) {
            return age.toSeconds() + " s";
        }
        if (age.toHours() == 0) {
            return age.toMinutes() + " min " + age.toSecondsPart() + " s";
        }
        return age.toDays() == 0
                ? age.toHours() + " h " + age.toMinutesPart() + " min"
                : age.toDays() + " d " + age.toHoursPart() + " h";
    }
}
