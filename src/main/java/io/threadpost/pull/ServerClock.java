package io.threadpost.pull;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

/**
 * The platform's time as one connection sees it: the last {@code Date} plus steady time since. A window must not end
 * ahead of the platform's time, or what is updated afterwards would fall into time that counts as covered. So when the
 * server's offset to the local clock jumps ahead by more than a minute, the smaller time is used until the offset has
 * held for ten minutes.
 */
final class ServerClock {
    private static final Logger LOG = Logger.getLogger(ServerClock.class);
    private static final long JUMP_MILLIS = 60_000;
    private static final long HELD_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final String connection;
    private Long trusted;
    private Long suspect;
    private long suspectSince;
    private Instant date;
    private long dateNanos;

    /** @param trusted server's time minus local time in milliseconds, as last trusted; null if never */
    ServerClock(String connection, Long trusted) {
        this.connection = connection;
        this.trusted = trusted;
    }

    /**
     * @param serverTime the answer's Date
     * @param answeredNanos steady time when it came
     * @param wallMillis the local clock now
     * @param nanos steady time now
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
                    "%s: the platform's clock jumped ahead by %d s against ours; windows end at the smaller time until it"
                            + " has held for ten minutes",
                    connection, (offset - trusted) / 1000);
        } else if (nanos - suspectSince >= HELD_NANOS) {
            trusted = offset;
            suspect = null;
        }
    }

    /** @return the platform's time or a little less; empty before the first answer */
    synchronized Optional<Instant> now(long wallMillis, long nanos) {
        if (date == null) {
            return Optional.empty();
        }
        Instant server = date.plusNanos(nanos - dateNanos);
        Instant local = Instant.ofEpochMilli(wallMillis + trusted);
        return Optional.of(suspect != null && local.isBefore(server) ? local : server);
    }

    synchronized Long trusted() {
        return trusted;
    }
}
