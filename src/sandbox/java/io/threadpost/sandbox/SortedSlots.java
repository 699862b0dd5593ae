package io.threadpost.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * Slots kept sorted by (time, id) in blocks, so that adding, removing and seeking cost a binary search and a short
 * move, at five bytes a thread. A place is a block number and an offset, packed; it holds until the next change. Not
 * thread-safe.
 */
final class SortedSlots {
    private static final int BLOCK = 512;

    private final IntToLongFunction time;
    private final ThreadIds ids;
    private final List<Block> blocks = new ArrayList<>();

    SortedSlots(IntToLongFunction time, ThreadIds ids) {
        this.time = time;
        this.ids = ids;
    }

    void add(int slot) {
        long place = placeOf(slot);
        int number = (int) (place >>> 32);
        int offset = (int) place;
        if (number == blocks.size() && number > 0) {
            // Behind the last one: the usual case, which should fill blocks rather than halve them.
            number--;
            offset = blocks.get(number).size;
        }
        if (blocks.isEmpty() || (number == blocks.size() - 1 && offset == BLOCK)) {
            blocks.add(new Block());
            number = blocks.size() - 1;
            offset = 0;
        } else if (blocks.get(number).size == BLOCK) {
            blocks.add(number + 1, blocks.get(number).split());
            if (offset > BLOCK / 2) {
                number++;
                offset -= BLOCK / 2;
            }
        }
        blocks.get(number).insert(offset, slot);
    }

    /** Must be called while the slot still has the time it was added with. */
    void remove(int slot) {
        long place = placeOf(slot);
        Block block = blocks.get((int) (place >>> 32));
        block.delete((int) place);
        if (block.size == 0) {
            blocks.remove((int) (place >>> 32));
        }
    }

    long begin() {
        return 0;
    }

    long end() {
        return (long) blocks.size() << 32;
    }

    /** The place of the first slot at or after a time. */
    long placeOfTime(long ticks) {
        return place(ticks, 0);
    }

    /** The place of the first slot that is not before the given one in the order. */
    long placeOf(int slot) {
        return place(time.applyAsLong(slot), ids.rank(slot));
    }

    long count(long from, long to) {
        if (from >= to) {
            return 0;
        }
        long count = (int) to - (long) (int) from;
        for (int number = (int) (from >>> 32); number < (int) (to >>> 32); number++) {
            count += blocks.get(number).size;
        }
        return count;
    }

    /** Visits downwards from just below {@code top} to {@code bottom}, until the visitor returns false. */
    void descend(long top, long bottom, IntPredicate visitor) {
        for (int number = (int) Math.min(top >>> 32, blocks.size() - 1L); number >= (int) (bottom >>> 32); number--) {
            Block block = blocks.get(number);
            int from = number == (int) (top >>> 32) ? (int) top : block.size;
            int to = number == (int) (bottom >>> 32) ? (int) bottom : 0;
            for (int offset = from - 1; offset >= to; offset--) {
                if (!visitor.test(block.slots[offset])) {
                    return;
                }
            }
        }
    }

    /** Negative, zero or positive as the first slot is before, at or after the second. */
    int compare(int slot, int other) {
        int byTime = Long.compare(time.applyAsLong(slot), time.applyAsLong(other));
        return byTime != 0 ? byTime : Long.compare(ids.rank(slot), ids.rank(other));
    }

    private long place(long ticks, long rank) {
        int low = 0;
        int high = blocks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Block block = blocks.get(middle);
            if (isBefore(block.slots[block.size - 1], ticks, rank)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int number = low;
        if (number == blocks.size()) {
            return end();
        }
        Block block = blocks.get(number);
        low = 0;
        high = block.size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(block.slots[middle], ticks, rank)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (long) number << 32 | low;
    }

    private boolean isBefore(int slot, long ticks, long rank) {
        long slotTime = time.applyAsLong(slot);
        return slotTime < ticks || (slotTime == ticks && ids.rank(slot) < rank);
    }

    private static final class Block {
        private final int[] slots = new int[BLOCK];
        private int size;

        void insert(int offset, int slot) {
            System.arraycopy(slots, offset, slots, offset + 1, size - offset);
            slots[offset] = slot;
            size++;
        }

        void delete(int offset) {
            System.arraycopy(slots, offset + 1, slots, offset, size - offset - 1);
            size--;
        }

        Block split() {
            Block upper = new Block();
            System.arraycopy(slots, BLOCK / 2, upper.slots, 0, BLOCK / 2);
            upper.size = BLOCK / 2;
            size = BLOCK / 2;
            return upper;
        }
    }
}
