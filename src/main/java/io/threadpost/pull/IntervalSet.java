package io.threadpost.pull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Half-open intervals of nanoseconds, in order and without overlap: intervals that touch are one. */
record IntervalSet(List<Interval> intervals) {
    /** A half-open interval; {@code start} is less than {@code end}. */
    record Interval(long start, long end) {
        boolean contains(long nanos) {
            return start <= nanos && nanos < end;
        }
    }

    /** @param any intervals in any order; those that overlap or touch are merged, empty ones left out */
    static IntervalSet of(List<Interval> any) {
        List<Interval> merged = new ArrayList<>();
        any.stream()
                .filter(one -> one.start() < one.end())
                .sorted(Comparator.comparingLong(Interval::start))
                .forEach(one -> {
                    Interval last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                    if (last == null || one.start() > last.end()) {
                        merged.add(one);
                    } else {
                        merged.set(merged.size() - 1, new Interval(last.start(), Math.max(last.end(), one.end())));
                    }
                });
        return new IntervalSet(List.copyOf(merged));
    }

    static IntervalSet of(long start, long end) {
        return of(List.of(new Interval(start, end)));
    }

    IntervalSet plus(IntervalSet other) {
        return of(Stream.concat(intervals.stream(), other.intervals.stream()).toList());
    }

    IntervalSet minus(IntervalSet other) {
        List<Interval> left = new ArrayList<>();
        for (Interval one : intervals) {
            long from = one.start();
            for (Interval gone : other.intervals) {
                if (gone.end() > from && gone.start() < one.end()) {
                    left.add(new Interval(from, gone.start()));
                    from = gone.end();
                }
            }
            left.add(new Interval(from, one.end()));
        }
        return of(left);
    }

    /** @return the part of this within other */
    IntervalSet within(IntervalSet other) {
        return minus(minus(other));
    }

    boolean contains(long nanos) {
        return intervals.stream().anyMatch(one -> one.contains(nanos));
    }

    boolean isEmpty() {
        return intervals.isEmpty();
    }

    /** @return the width of all intervals */
    long width() {
        return intervals.stream().mapToLong(one -> one.end() - one.start()).sum();
    }
}
