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
 * @param tick the part of a tick that it is; null when it is none
 * @param entries its items, in order, at least one; none at a tick with nothing in the spool
 */
record Batch(long number, String spool, Source source, boolean probe, int attempts, Tick tick, List<Entry> entries) {
    /**
     * One item and where it lies.
     *
     * @param parcel the parcel's id
     * @param ordinal its place in the parcel, from 0
     * @param alone whether it failed before and lies by itself
     * @param attempts failures that counted
     * @param failures failed tries, those included that count against nobody
     */
    record Entry(long parcel, int ordinal, boolean alone, int attempts, int failures, Item item) {}

    @Override
    public String toString() {
        return "batch " + number + " of spool " + spool;
    }
}
