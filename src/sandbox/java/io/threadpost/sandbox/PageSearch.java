package io.threadpost.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds a page's threads in the two indexes without sorting more than its neighbourhood. Runs under the store's lock.
 */
final class PageSearch {
    private final Threads threads;
    private final boolean newestCreated;
    private final SortedSlots byCreated;
    private final SortedSlots byUpdated;

    /** The threads that the indexes are of, by slot. */
    interface Threads {
        boolean satisfies(ThreadFilter filter, int slot);

        ThreadVersion standing(int slot);
    }

    PageSearch(Threads threads, ThreadOrder order, SortedSlots byCreated, SortedSlots byUpdated) {
        this.threads = threads;
        this.newestCreated = order == ThreadOrder.NEWEST_CREATED;
        this.byCreated = byCreated;
        this.byUpdated = byUpdated;
    }

    List<ThreadVersion> page(ThreadFilter filter, int cursor, int count) {
        SortedSlots order = newestCreated ? byCreated : byUpdated;
        if (filter.slots() != null) {
            return sorted(filter.slots().stream().boxed(), order, filter, cursor, count);
        }
        long top = top(order, filter, cursor);
        long bottom = bottom(order, filter);
        TickRange otherRange = newestCreated ? filter.updated() : filter.created();
        if (otherRange != null) {
            SortedSlots other = newestCreated ? byUpdated : byCreated;
            long candidates = count(other, otherRange);
            // Walking the order meets a match every (threads / candidates) steps; gathering touches each candidate
            // once.
            if (candidates <= 4096 || candidates * candidates < order.count(bottom, top) * count) {
                List<Integer> gathered = new ArrayList<>((int) candidates);
                other.descend(
                        other.placeOfTime(otherRange.end()), other.placeOfTime(otherRange.start()), gathered::add);
                return sorted(gathered.stream(), order, filter, cursor, count);
            }
        }
        List<ThreadVersion> page = new ArrayList<>(count);
        order.descend(top, bottom, slot -> {
            if (threads.satisfies(filter, slot)) {
                page.add(threads.standing(slot));
            }
            return page.size() < count;
        });
        return page;
    }

    long count(TickRange created, TickRange updated) {
        long inCreated = created == null ? Long.MAX_VALUE : count(byCreated, created);
        long inUpdated = updated == null ? Long.MAX_VALUE : count(byUpdated, updated);
        return Math.min(inCreated, inUpdated);
    }

    private long top(SortedSlots order, ThreadFilter filter, int cursor) {
        long top = cursor < 0 ? order.end() : order.placeOf(cursor);
        TickRange range = newestCreated ? filter.created() : filter.updated();
        if (range != null) {
            top = Math.min(top, order.placeOfTime(range.end()));
        }
        // No thread is updated before it is created, so a range of updates bounds the creations from above as well.
        return newestCreated && filter.updated() != null
                ? Math.min(top, order.placeOfTime(filter.updated().end()))
                : top;
    }

    private long bottom(SortedSlots order, ThreadFilter filter) {
        TickRange range = newestCreated ? filter.created() : filter.updated();
        long bottom = range == null ? order.begin() : order.placeOfTime(range.start());
        return !newestCreated && filter.created() != null
                ? Math.max(bottom, order.placeOfTime(filter.created().start()))
                : bottom;
    }

    private List<ThreadVersion> sorted(
            Stream<Integer> slots, SortedSlots order, ThreadFilter filter, int cursor, int count) {
        return slots.filter(slot -> threads.satisfies(filter, slot))
                .filter(slot -> cursor < 0 || order.compare(slot, cursor) < 0)
                .sorted((slot, other) -> order.compare(other, slot))
                .limit(count)
                .map(threads::standing)
                .toList();
    }

    private static long count(SortedSlots index, TickRange range) {
        return index.count(index.placeOfTime(range.start()), index.placeOfTime(range.end()));
    }
}
