package io.threadpost.settings;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.quartz.CronExpression;

/** Types of settings that are about time: durations, instants, cron expressions and time zones. */
final class TimeTypes {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");
    private static final String CRON_EXAMPLE = "0 0 7 * * ?";

    private TimeTypes() {}

    /** A duration within bounds, both inclusive. */
    static ValueType<Duration> duration(String least, String most) {
        Duration min = bound(least);
        Duration max = bound(most);
        String format = "from " + format(min) + " to " + format(max);
        return ValueType.of(format, text -> {
            Duration duration = parseDuration(text);
            if (duration.compareTo(min) < 0) {
                throw new InvalidSettingValue("`" + text + "` is too short; write a duration " + format);
            }
            if (duration.compareTo(max) > 0) {
                throw new InvalidSettingValue("`" + text + "` is too long; write a duration " + format);
            }
            return duration;
        });
    }

    private static Duration bound(String text) {
        try {
            return parseDuration(text);
        } catch (InvalidSettingValue e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Reads {@code 500ms}, {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d} or ISO {@code PT30S}. */
    private static Duration parseDuration(String text) throws InvalidSettingValue {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher matcher = SHORT.matcher(lower);
        try {
            if (matcher.matches()) {
                return ofUnit(Long.parseLong(matcher.group(1)), matcher.group(2));
            }
            if (lower.startsWith("p")) {
                return Duration.parse(text);
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw notADuration(text);
        }
        if (lower.matches("[-+]?\\d+")) {
            throw new InvalidSettingValue("`" + text + "` has no unit; write " + text + "s for seconds, " + text
                    + "ms for milliseconds, " + text + "m for minutes");
        }
        throw notADuration(text);
    }

    private static Duration ofUnit(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static InvalidSettingValue notADuration(String text) {
        return new InvalidSettingValue(
                "`" + text + "` is not a duration; write it like 500ms, 30s, 5m, 24h, 7d or PT30S");
    }

    /** The shortest way to write a duration. */
    static String format(Duration duration) {
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

    /** Where a first pull begins: any time but the future. */
    static ValueType<PullStart> pullStart() {
        String format = "like 2026-01-01T00:00:00Z, 2026-01-01, P7D, P3M or PT1H";
        return ValueType.of(format, text -> {
            PullStart start;
            Instant now = Instant.now();
            boolean future;
            try {
                start = text.matches("\\d+\\s*(s|m|h|d)")
                        ? new PullStart.Back(Period.ZERO, parseDuration(text))
                        : PullStart.parse(text);
                future = start.from(now).isAfter(now.plus(Duration.ofMinutes(5)));
            } catch (DateTimeException | ArithmeticException e) {
                throw new InvalidSettingValue(
                        "`" + text + "` is neither an instant nor a period back from now; write it " + format);
            }
            if (future) {
                throw new InvalidSettingValue("`" + text
                        + "` is in the future; write a past instant, or a period back from" + " now such as P7D");
            }
            return start;
        });
    }

    /** Which mails of a mailbox are staged: from now on, all, or from a past time on. */
    static ValueType<PullStart> mailStart() {
        ValueType<PullStart> time = pullStart();
        return ValueType.of("now, everything, or " + time.format(), text -> switch (text) {
            case "now" -> new PullStart.Back(Period.ZERO, Duration.ZERO);
            case "everything" -> new PullStart.At(Instant.EPOCH);
            default -> time.parse(text);
        });
    }

    /** Times, as a cron expression of Quartz. */
    static ValueType<String> cron() {
        return ValueType.ofText("cron expression with seconds, such as " + CRON_EXAMPLE, text -> {
            try {
                if (new CronExpression(text).getNextValidTimeAfter(new Date()) == null) {
                    throw new InvalidSettingValue("`" + text + "` never fires; write one like " + CRON_EXAMPLE);
                }
                return text;
            } catch (ParseException e) {
                throw new InvalidSettingValue("`" + text + "` is not a cron expression (" + e.getMessage()
                        + "); write one like " + CRON_EXAMPLE);
            }
        });
    }

    static ValueType<ZoneId> zone() {
        return ValueType.of("time zone such as Europe/Prague", text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new InvalidSettingValue("`" + text + "` is not a time zone; write one like Europe/Prague");
            }
        });
    }
}
