package io.threadpost.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How durations are written: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d} or ISO {@code PT30S}. */
record DurationText(Duration duration) {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    /** @throws InvalidSettingValue when the text is none of these */
    static DurationText parse(String text) throws InvalidSettingValue {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher matcher = SHORT.matcher(lower);
        try {
            if (matcher.matches()) {
                return new DurationText(shortForm(Long.parseLong(matcher.group(1)), matcher.group(2)));
            }
            if (lower.startsWith("p")) {
                return new DurationText(Duration.parse(text));
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new InvalidSettingValue(notOne(text));
        }
        if (lower.matches("[-+]?\\d+")) {
            throw new InvalidSettingValue("`" + text + "` has no unit; write " + text + "s for seconds, " + text
                    + "ms for milliseconds, " + text + "m for minutes");
        }
        throw new InvalidSettingValue(notOne(text));
    }

    private static Duration shortForm(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static String notOne(String text) {
        return "`" + text + "` is not a duration; write it like 500ms, 30s, 5m, 24h, 7d or PT30S";
    }

    /** The shortest way to write it. */
    @Override
    public String toString() {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 != 0 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
