package io.threadpost.spool;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.TimeZone;

import org.quartz.CronExpression;

/**
 * The times at which a spool opens, by Quartz' cron expressions. A time that is skipped when clocks change comes an
 * hour later on that day; Quartz itself would skip the day.
 */
final class Timetable {
    /** There is no tick after this. */
    static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final CronExpression cron;
    private final CronExpression local;
    private final ZoneId zone;
    private final String text;

    /**
     * @param cron six or seven fields, seconds first
     * @param zone such as {@code Europe/Prague}; null for UTC
     * @throws IllegalArgumentException when one of them cannot be used, in one line for people
     */
    Timetable(String cron, String zone) {
        try {
            this.zone = ZoneId.of(zone == null ? "UTC" : zone);
            this.cron = in(cron, this.zone);
            this.local = in(cron, ZoneOffset.UTC);
            this.text = cron.strip() + " " + this.zone;
        } catch (ParseException e) {
            throw new IllegalArgumentException("cron `" + cron + "` cannot be read: " + e.getMessage()
                    + "; write six fields, seconds first, like 0 0 7 * * ?");
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no zone `" + zone + "`; write one like Europe/Prague");
        }
    }

    /** @return the first tick after that time; {@link #NEVER} when there is none */
    Instant next(Instant after) {
        Instant next = next(cron, after);
        Instant onTheClock = LocalDateTime.ofInstant(after, zone).toInstant(ZoneOffset.UTC);
        Instant shown = next(local, onTheClock);
        if (shown.equals(NEVER)) {
            return next;
        }
        Instant shifted =
                LocalDateTime.ofInstant(shown, ZoneOffset.UTC).atZone(zone).toInstant();
        return shifted.isAfter(after) && shifted.isBefore(next) ? shifted : next;
    }

    private static Instant next(CronExpression cron, Instant after) {
        Date next = cron.getNextValidTimeAfter(Date.from(after));
        return next == null ? NEVER : next.toInstant();
    }

    private static CronExpression in(String cron, ZoneId zone) throws ParseException {
        CronExpression expression = new CronExpression(cron);
        // Of a zone such as UTC+2, a TimeZone is made only when it is an offset.
        expression.setTimeZone(TimeZone.getTimeZone(zone.normalized()));
        return expression;
    }

    /** @return the cron and zone; the same text means the same ticks */
    @Override
    public String toString() {
        return text;
    }
}
