package io.threadpost.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

import io.threadpost.retry.DurationFormat;

/** Formats numbers, times and addresses for the page. */
final class PageFormat {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern INSTANT =
            Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?(\\.\\d+)?Z");

    private PageFormat() {}

    /** @return the text with its times as people write them: {@code 2026-11-28 06:00:12 UTC} */
    static String readable(String text) {
        return text == null
                ? ""
                : INSTANT.matcher(text)
                        .replaceAll(found -> found.group().replace('T', ' ').replaceFirst("(\\.\\d+)?Z$", " UTC"));
    }

    static String time(Instant time) {
        return time == null ? "" : TIME.format(time);
    }

    static String minute(Instant time) {
        return MINUTE.format(time);
    }

    /** @return in its largest unit, such as {@code 3 min ago}; {@code never} for null */
    static String ago(Instant time, Instant now) {
        return time == null
                ? "never"
                : duration(Duration.between(time, now)).replaceFirst("^(\\d+ \\w+) .*", "$1") + " ago";
    }

    /** @return such as {@code since 19:02 UTC, for 12 min}; empty for null */
    static String since(Instant time, Instant now) {
        if (time == null) {
            return "";
        }
        String minute = minute(time);
        boolean today = minute.substring(0, 10).equals(minute(now).substring(0, 10));
        return "since " + (today ? minute.substring(11) : minute) + " UTC, for "
                + ago(time, now).replace(" ago", "");
    }

    static String duration(Duration duration) {
        return DurationFormat.text(duration.isNegative() ? Duration.ZERO : duration);
    }

    /** @return the number with its thousands separated */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /** @return such as {@code 1 item} and {@code 2 items} */
    static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    static String bytes(long bytes) {
        if (bytes < 10_000) {
            return count(bytes, "byte", "bytes");
        }
        return bytes < 10_000_000 ? number(bytes / 1000) + " kB" : number(bytes / 1_000_000) + " MB";
    }

    static String text(Object value, String otherwise) {
        return value == null || value.toString().isBlank() ? otherwise : value.toString();
    }

    static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** @return a path, with each part escaped */
    static String path(Object... parts) {
        StringBuilder path = new StringBuilder();
        for (Object part : parts) {
            path.append('/').append(parameter(part));
        }
        return path.toString();
    }

    /** @return a value escaped for a path or a query */
    static String parameter(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
