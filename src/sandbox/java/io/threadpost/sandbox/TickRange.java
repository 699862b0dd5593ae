package io.threadpost.sandbox;

/** Times from {@code start} (inclusive) to {@code end} (exclusive), in ticks of 100 ns. */
record TickRange(long start, long end) {

    /** The range a request's interval stands for; equal ends mean equality under both readings. */
    static TickRange of(long start, long end, IntervalReading reading) {
        boolean endCounts = start == end || reading == IntervalReading.INCLUSIVE;
        return new TickRange(start, endCounts ? end + 1 : end);
    }

    boolean contains(long ticks) {
        return ticks >= start && ticks < end;
    }
}
