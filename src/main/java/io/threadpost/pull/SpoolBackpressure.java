package io.threadpost.pull;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.Spools;

/**
 * Makes backfills wait while a spool that pulled threads go to is full, so that a slow target, or one that is down,
 * does not let them fill the disk. Live pulls never wait; one that has more than a day to catch up, such as the first,
 * waits for a target that is slow, and not for one that takes nothing. Thread-safe.
 */
@Singleton
final class SpoolBackpressure {
    private static final Logger LOG = Logger.getLogger(SpoolBackpressure.class);
    private static final long CHECK_NANOS = Duration.ofMillis(500).toNanos();
    /** Of the limit, this part is stored at most before the spools are looked at again. */
    private static final int PART = 10;

    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    private final Spools spools;
    private final SpoolStatus status;
    private final int limit;
    /** Where this process has put pulled threads. */
    private final Set<String> targets = ConcurrentHashMap.newKeySet();

    private final AtomicInteger unseen = new AtomicInteger();
    private long checked = System.nanoTime() - CHECK_NANOS;
    private volatile String full;
    /** Null until it is first needed: counting reads everything that waits. */
    private Boolean slow;

    SpoolBackpressure(Spools spools, SpoolStatus status, Settings settings) {
        this.spools = spools;
        this.status = status;
        this.limit = settings.get(SettingsCatalogue.PULL_BACKFILL_SPOOL_LIMIT);
    }

    /** A page was stored: so many threads went to each of these spools, at most. */
    void stored(Collection<String> names, int threads) {
        targets.addAll(names);
        unseen.addAndGet(threads);
    }

    /** @return the spool that a backfill waits for; null when it need not wait */
    synchronized String fullSpool() {
        if (limit > 0 && (System.nanoTime() - checked >= CHECK_NANOS || unseen.get() > limit / PART)) {
            unseen.set(0);
            String before = full;
            // It goes on when there is room for more than a page of each walker.
            int enough = before == null ? 1 : Math.max(1, limit / 2);
            full = targets.stream()
                    .sorted()
                    .filter(name -> spools.room(name, limit) < enough)
                    .findFirst()
                    .orElse(null);
            slow = null;
            checked = System.nanoTime();
            if (full != null && before == null) {
                LOG.infof("backfills wait for the target of spool:%s, where %d threads or more wait", full, limit);
            } else if (full == null && before != null) {
                LOG.infof("backfills go on: spool:%s has room", before);
            }
        }
        return full;
    }

    private boolean slow() {
        if (slow == null) {
            slow = status.spools().stream().anyMatch(this::isSlow);
        }
        return slow;
    }

    private boolean isSlow(SpoolStatus.Spool spool) {
        return targets.contains(spool.name())
                && spool.items() >= limit / 2
                && spool.drains() > 0
                && spool.pause() == null
                && spool.hold() == null
                && spool.times() == null;
    }

    /** @return the spool that backfills waited for at the last look; null when they did not wait */
    String lastFullSpool() {
        return full;
    }

    /** @return whether the window waits */
    synchronized boolean isOn(Window window) {
        return window.live()
                ? window.end() - window.start() > DAY_NANOS && fullSpool() != null && slow()
                : fullSpool() != null;
    }
}
