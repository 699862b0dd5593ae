package io.threadpost.spool;

import java.time.Instant;
import java.util.List;

/**
 * Items that a drain hands out together: formed once, and the same until the batch is settled.
 *
 * @param number never used for another batch
 * @param spool the spool it comes from
 * @param source where it was found
 * @param probe whether the target was down when it was tried last
 * @param attempts how often it failed as a whole
 * @param crashes how often in a row a process ended while it was in flight
 * @param tick the part of a tick that it is; null when it is not one
 * @param entries its items, in order, at least one; none at a tick with nothing in the spool
 */
record Batch(
        long number,
        String spool,
        Source source,
        boolean probe,
        int attempts,
        int crashes,
        Tick tick,
        List<Entry> entries) {
    /**
     * One item and where it is stored.
     *
     * @param parcel the parcel's id
     * @param ordinal its place in the parcel, from 0
     * @param alone whether it failed before and has its own parcel
     * @param attempts failures that counted
     * @param crashes how often a process ended while it alone was in flight
     * @param failures failed tries, including those that do not count
     */
    record Entry(long parcel, int ordinal, boolean alone, int attempts, int failures, int crashes, SpoolItem item) {
        /** @return this entry with the failed attempts of its batch, of which it is the only item */
        Entry failedBefore(int attempts) {
            return new Entry(parcel, ordinal, alone, attempts, attempts, crashes, item);
        }
    }

    /** @return whether it may be what ends the process */
    boolean dangerous() {
        return crashes > 0 || !entries.isEmpty() && entries.get(0).crashes() > 0;
    }

    @Override
    public String toString() {
        return "batch " + number + " of spool " + spool;
    }

    /** Where a batch comes from. */
    enum Source {
        /** Formed before and not acknowledged yet. */
        UNFINISHED,
        /** Single items: one that failed before, or some that were postponed. */
        FAILED,
        /** Items that were never handed out. */
        FRESH;

        /**
         * Where to look for the next batch, in order: failed items and the others take turns, and a batch is finished
         * before another one is formed. While the target is down, each probe is another batch: the last one may have
         * caused the failure.
         *
         * @param last where the last batch came from
         * @param down whether the target was down
         */
        static List<Source> after(Source last, boolean down) {
            if (last == FAILED) {
                return List.of(UNFINISHED, FRESH, FAILED);
            }
            return down && last == UNFINISHED ? List.of(FRESH, FAILED, UNFINISHED) : List.of(FAILED, UNFINISHED, FRESH);
        }
    }

    /**
     * The part of a tick that a batch is.
     *
     * @param opened when the spool was opened for it
     * @param part from 1
     * @param parts how many there are, as far as known when the batch was formed
     */
    record Tick(Instant opened, int part, int parts) {}
}
