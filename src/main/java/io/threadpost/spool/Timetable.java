package io.threadpost.spool;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.TimeZone;

import org.quartz.CronExpression;

/**
 * The times at which a spool opens, by Quartz' cron expressions. An hour that the clocks leave out or have twice is as Quartz sees it: a
 * time that is left out comes as much later, one that there is twice comes once.
 */
final class Timetable {
    /** After this, there is no tick any more. */
    static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final CronExpression cron;
    private final String text;

    /**
     * @param cron six or seven fields, seconds first
     * @param zone such as {@code Europe/Prague}; null for UTC
     * @throws IllegalArgumentException when one of them cannot be used, in one line for people
     */
    Timetable(String cron, String zone) {
        try {
            this.cron = new CronExpression(cron);
            ZoneId id = ZoneId.of(zone == null ? "UTC" : zone);
            this.cron.setTimeZone(TimeZone.getTimeZone(id));
            this.text = cron.strip() + " " + id;
        } catch (ParseException e) {
            throw new IllegalArgumentException(
                    "cron `" + cron + "` cannot be read: " + e.getMessage() + "; write it like 0 0 7 * * ?");
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no zone `" + zone + "`; write one like Europe/Prague");
        }
    }

    /** @return the first tick after that time; {@link #NEVER} when there is none */
    Instant next(Instant after) {
        Date next = cron.getNextValidTimeAfter(Date.from(after));
        return next == null ? NEVER : next.toInstant();
    }

    /** @return what it was made of: the same text, the same ticks */
    @Override
    public String toString() {
        return text;
    }
}
