package io.threadpost.connector;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The part of a token's budget that backfills of this process may use. They leave as many slots as the others usually
 * take, at most a tenth, and all when the others take none. They are also paced to the limit, so that slots become free
 * one by one, and an urgent request waits for the next one only, not for the end of a limit window.
 */
final class BackfillShare {
    /** Limit windows over which the others' requests are averaged. */
    private static final int WINDOWS = 4;
    /** Slightly more than the limit, so that a delay is made up for: the slots enforce the limit itself. */
    private static final double PACE = 1.02;

    private final int limit;
    private final long window;
    private final double perNano;
    private final double burst;
    /** When the others took slots, nanoseconds, the oldest first. */
    private final Deque<Long> others = new ArrayDeque<>();

    private double credit;
    private long credited;
    private boolean began;

    BackfillShare(int limit, Duration window) {
        this.limit = limit;
        this.window = window.toNanos();
        this.perNano = PACE * limit / this.window;
        this.burst = Math.max(1, limit / 20);
        this.credit = burst;
    }

    /**
     * A request of another priority took a slot.
     *
     * @param now {@link System#nanoTime()}
     */
    synchronized void othersTook(long now) {
        others.add(now);
        forget(now);
    }

    /** @return slots of the token that may be in use when a backfill takes one, this one included */
    synchronized int slots(long now) {
        forget(now);
        long recent = others.stream().filter(taken -> now - taken < window).count();
        long usual = others.size() / WINDOWS;
        return limit - (int) Math.max(0, Math.min(limit / 10, usual - recent));
    }

    /** @return nanoseconds until a backfill may take a slot; 0: now */
    synchronized long waitNanos(long now) {
        refill(now);
        return credit >= 1 ? 0 : (long) Math.ceil((1 - credit) / perNano);
    }

    /** A backfill took a slot. */
    synchronized void took(long now) {
        refill(now);
        credit -= 1;
    }

    private void refill(long now) {
        if (began) {
            credit = Math.min(burst, credit + (now - credited) * perNano);
        }
        began = true;
        credited = now;
    }

    private void forget(long now) {
        while (!others.isEmpty() && now - others.peek() >= WINDOWS * window) {
            others.remove();
        }
    }
}
