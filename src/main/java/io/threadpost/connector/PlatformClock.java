package io.threadpost.connector;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

/**
 * The platform's time as one connection sees it: the last {@code Date} plus monotonic time since. When the server's
 * offset to the local clock jumps ahead by more than a minute, {@link #now} uses the smaller time until the offset has
 * held for ten minutes.
 */
final class PlatformClock {
    private static final Logger LOG = Logger.getLogger(PlatformClock.class);
    private static final long JUMP_MILLIS = 60_000;
    private static final long HELD_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final String connection;
    private Long trusted;
    private Long suspect;
    private long suspectSince;
    private Instant date;
    private long dateNanos;

    /** @param trusted server's time minus local time in milliseconds, as last trusted; null if never */
    PlatformClock(String connection, Long trusted) {
        this.connection = connection;
        this.trusted = trusted;
    }

    /**
     * @param serverTime the response's Date
     * @param answeredNanos monotonic time when it arrived
     * @param wallMillis the local clock now
     * @param nanos monotonic time now
     */
    synchronized void observe(Instant serverTime, long answeredNanos, long wallMillis, long nanos) {
        if (date != null && answeredNanos < dateNanos) {
            return;
        }
        date = serverTime;
        dateNanos = answeredNanos;
        long offset = serverTime.toEpochMilli() - (wallMillis - (nanos - answeredNanos) / 1_000_000);
        if (trusted == null || offset <= trusted + JUMP_MILLIS) {
            trusted = offset;
            suspect = null;
        } else if (suspect == null || Math.abs(offset - suspect) > JUMP_MILLIS) {
            suspect = offset;
            suspectSince = nanos;
            LOG.warnf(
                    "%s: the platform's clock jumped ahead by %d s against the local clock; the earlier time is used"
                            + " until the offset has been stable for ten minutes",
                    connection, (offset - trusted) / 1000);
        } else if (nanos - suspectSince >= HELD_NANOS) {
            trusted = offset;
            suspect = null;
        }
    }

    /** @return how old the last response is; empty before the first */
    synchronized Optional<Duration> age(long nanos) {
        return date == null ? Optional.empty() : Optional.of(Duration.ofNanos(nanos - dateNanos));
    }

    /** @return the platform's time or a little less, never ahead of it; empty before the first response */
    synchronized Optional<Instant> now(long wallMillis, long nanos) {
        return latest(nanos).map(server -> {
            Instant local = Instant.ofEpochMilli(wallMillis + trusted);
            return suspect != null && local.isBefore(server) ? local : server;
        });
    }

    /**
     * @return the last {@code Date} as it is, plus monotonic time; {@link #now} or later; empty before the first
     *     response
     */
    synchronized Optional<Instant> latest(long nanos) {
        return date == null ? Optional.empty() : Optional.of(date.plusNanos(nanos - dateNanos));
    }

    synchronized Long trusted() {
        return trusted;
    }
}
