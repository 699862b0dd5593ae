package io.threadpost.spool;

import java.util.List;

/**
 * What a drain holds: formed once, the same until it is acknowledged.
 *
 * @param number never used for another batch
 * @param spool the spool it comes from
 * @param source where it was found
 * @param probe whether the target was down when it was tried last
 * @param attempts how often it failed as a whole
 * @param crashes how often a process ended while it was in hand, in a row
 * @param tick the part of a tick that it is; null when it is none
 * @param entries its items, in order, at least one; none at a tick with nothing in the spool
 */
record Batch(
        long number,
        String spool,
        ClaimSource source,
        boolean probe,
        int attempts,
        int crashes,
        SpoolTick tick,
        List<Entry> entries) {
    /**
     * One item and where it lies.
     *
     * @param parcel the parcel's id
     * @param ordinal its place in the parcel, from 0
     * @param alone whether it failed before and lies by itself
     * @param attempts failures that counted
     * @param crashes how often a process ended while it alone was in hand
     * @param failures failed tries, those included that count against nobody
     */
    record Entry(long parcel, int ordinal, boolean alone, int attempts, int failures, int crashes, SpoolItem item) {}

    /** @return whether it may be what ends the process */
    boolean dangerous() {
        return crashes > 0 || !entries.isEmpty() && entries.get(0).crashes() > 0;
    }

    @Override
    public String toString() {
        return "batch " + number + " of spool " + spool;
    }
}
