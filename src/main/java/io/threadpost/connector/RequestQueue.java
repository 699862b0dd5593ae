package io.threadpost.connector;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

import io.threadpost.ledger.ProcessClock;

/** The waiting requests of one token in this process: one checks the budget at a time, the most urgent first. */
final class RequestQueue {
    /** Another node may free a slot or set a pause at any time, so no request sleeps longer without a check. */
    private static final long LONGEST_SLEEP = 5_000;

    private final Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
    private final BackfillShare backfillShare;
    private final ProcessClock clock;
    private volatile boolean refused;

    RequestQueue(BackfillShare backfillShare, ProcessClock clock) {
        this.backfillShare = backfillShare;
        this.clock = clock;
    }

    /**
     * The right to send one request.
     *
     * @param id its row in the ledger
     * @param token hash of the access token it belongs to
     */
    record Slot(long id, String token) {}

    /** The result of a check of the budget: a slot, or the milliseconds until the next check is worth it. */
    record Attempt(Slot slot, long waitMillis) {
        static Attempt taken(Slot slot) {
            return new Attempt(slot, 0);
        }

        static Attempt later(long millis) {
            return new Attempt(null, millis);
        }
    }

    synchronized Slot acquire(Priority priority, Supplier<Attempt> check) throws InterruptedException {
        waiting.merge(priority, 1, Integer::sum);
        try {
            while (true) {
                // Also when a wait has just ended: a request that is asked to stop takes no slot.
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long sleep = LONGEST_SLEEP;
                if (!urgentWaits(priority)) {
                    Attempt attempt = check.get();
                    if (attempt.slot() != null) {
                        return attempt.slot();
                    }
                    sleep = Math.min(sleep, attempt.waitMillis());
                }
                clock.await(this, Math.max(1, sleep));
            }
        } finally {
            waiting.merge(priority, -1, Integer::sum);
            notifyAll();
        }
    }

    BackfillShare backfillShare() {
        return backfillShare;
    }

    boolean refused() {
        return refused;
    }

    void refused(boolean value) {
        refused = value;
    }

    private boolean urgentWaits(Priority priority) {
        return waiting.entrySet().stream()
                .anyMatch(entry -> entry.getValue() > 0 && entry.getKey().compareTo(priority) < 0);
    }
}
