package io.threadpost.sandbox;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All threads, in arrays by slot: under 40 bytes each, since ids and generated texts are computed. A thread's times are
 * taken from the clock and made visible under one lock, so no version ever appears behind a time that was already asked
 * for.
 */
final class ThreadStore implements PageSearch.Threads {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final long seed;
    private final TimePrecision precision;
    private final LongSupplier clock;
    private final ThreadIds ids;
    private final Map<Integer, ThreadText> texts = new HashMap<>();
    private final BitSet hidden = new BitSet();
    private final Map<Integer, Boolean> resolved = new HashMap<>();
    private final ServedVersions served = new ServedVersions();
    private final PageSearch search;
    private final SortedSlots byCreated;
    private final SortedSlots byUpdated;
    private long[] created = new long[1024];
    private long[] updated = new long[1024];
    private short[] enterprises = new short[1024];
    private int size;

    /** @param clock the platform's time in ticks */
    ThreadStore(long seed, TimePrecision precision, ThreadOrder order, LongSupplier clock) {
        this.seed = seed;
        this.precision = precision;
        this.clock = clock;
        this.ids = new ThreadIds(seed);
        this.byCreated = new SortedSlots(slot -> created[slot], ids);
        this.byUpdated = new SortedSlots(slot -> updated[slot], ids);
        this.search = new PageSearch(this, order, byCreated, byUpdated);
    }

    /** A new thread with a computed text; {@code updatedAt} is never before {@code createdAt}. */
    int generate(long createdAt, long updatedAt, int enterprise) {
        return writing(() -> insert(createdAt, updatedAt, enterprise, null, true));
    }

    /** A new thread created now, with a computed text. */
    int generateNow(int enterprise) {
        return writing(() -> {
            long now = clock.getAsLong();
            return insert(now, now, enterprise, null, true);
        });
    }

    int add(long createdAt, int enterprise, ThreadText text) {
        return writing(() -> insert(createdAt, createdAt, enterprise, text, true));
    }

    /** A new thread created now; if not visible, it stays invisible until {@link #show}. */
    int addNow(int enterprise, ThreadText text, boolean visible) {
        return writing(() -> {
            long now = clock.getAsLong();
            int slot = insert(now, now, enterprise, text, visible);
            resolved.put(slot, false);
            return slot;
        });
    }

    /** A new version now, which says whether the thread is resolved. */
    void resolve(int slot, boolean value) {
        writing(() -> {
            resolved.put(slot, value);
            return moveNow(slot);
        });
    }

    /** Whether the thread is resolved; null where that is computed. */
    Boolean resolved(int slot) {
        return reading(() -> resolved.get(slot));
    }

    /** Makes a thread invisible, for good. */
    void delete(int slot) {
        writing(() -> {
            byCreated.remove(slot);
            byUpdated.remove(slot);
            hidden.set(slot);
            return slot;
        });
    }

    void show(int slot) {
        writing(() -> {
            hidden.clear(slot);
            byCreated.add(slot);
            byUpdated.add(slot);
            return slot;
        });
    }

    /** A new version now, or one unit of time after the last one where the clock has not moved since. */
    void update(int slot) {
        writing(() -> moveNow(slot));
    }

    void update(int slot, long updatedAt) {
        writing(() -> {
            if (updatedAt < created[slot]) {
                throw new IllegalArgumentException("A thread cannot be updated before it was created");
            }
            return move(slot, precision.cut(updatedAt));
        });
    }

    /**
     * A new version now; false, and no change, where that would not be later than the last one, or the thread is
     * invisible.
     */
    boolean updateIfLater(int slot) {
        return writing(() -> {
                    long now = precision.cut(clock.getAsLong());
                    return hidden.get(slot) || now <= updated[slot] ? -1 : move(slot, now);
                })
                >= 0;
    }

    /** The threads of a page, newest first, below the cursor's slot unless that is -1. */
    List<ThreadVersion> page(ThreadFilter filter, int cursor, int count) {
        return reading(() -> search.page(filter, cursor, count));
    }

    /** How many threads are in a range of time, whatever else is asked for. */
    long count(TickRange createdIn, TickRange updatedIn) {
        return reading(() -> search.count(createdIn, updatedIn));
    }

    boolean matches(ThreadFilter filter, int slot) {
        return reading(() -> satisfies(filter, slot));
    }

    /** The visible thread with this id, or -1. */
    int find(UUID id) {
        return reading(() -> {
            int slot = ids.slot(id, size);
            return slot < 0 || hidden.get(slot) ? -1 : slot;
        });
    }

    /** @throws IllegalArgumentException when no visible thread has this id */
    int visibleSlot(String id) {
        int slot = find(UUID.fromString(id));
        if (slot < 0) {
            throw new IllegalArgumentException("No thread " + id);
        }
        return slot;
    }

    int enterprise(int slot) {
        return reading(() -> (int) enterprises[slot]);
    }

    ThreadVersion version(int slot) {
        return reading(() -> new ThreadVersion(slot, created[slot], updated[slot]));
    }

    ThreadText text(int slot) {
        ThreadText text = reading(() -> texts.get(slot));
        return text != null ? text : ThreadText.generated(seed, slot);
    }

    ThreadIds ids() {
        return ids;
    }

    /** Slots in use, visible or not. */
    int size() {
        return reading(() -> size);
    }

    boolean isVisible(int slot) {
        return reading(() -> slot < size && !hidden.get(slot));
    }

    /** Records that these versions were served. */
    void markServed(List<ThreadVersion> versions) {
        writing(() -> {
            versions.forEach(version -> served.add(version, updated[version.slot()] == version.updated()));
            return 0;
        });
    }

    /** Every version that was ever served, in no order. */
    Set<ThreadVersion> served() {
        return reading(() -> served.all(this::standing));
    }

    /** Under this store's lock. */
    @Override
    public boolean satisfies(ThreadFilter filter, int slot) {
        return !hidden.get(slot)
                && filter.enterprises().get(enterprises[slot])
                && (filter.slots() == null || filter.slots().get(slot))
                && (filter.created() == null || filter.created().contains(created[slot]))
                && (filter.updated() == null || filter.updated().contains(updated[slot]));
    }

    /** Under this store's lock. */
    @Override
    public ThreadVersion standing(int slot) {
        return new ThreadVersion(slot, created[slot], updated[slot]);
    }

    private int insert(long createdAt, long updatedAt, int enterprise, ThreadText text, boolean visible) {
        if (size == created.length) {
            int length = size + (size >> 1);
            created = Arrays.copyOf(created, length);
            updated = Arrays.copyOf(updated, length);
            enterprises = Arrays.copyOf(enterprises, length);
        }
        int slot = size++;
        created[slot] = precision.cut(createdAt);
        updated[slot] = precision.cut(updatedAt);
        enterprises[slot] = (short) enterprise;
        if (text != null) {
            texts.put(slot, text);
        }
        if (visible) {
            byCreated.add(slot);
            byUpdated.add(slot);
        } else {
            hidden.set(slot);
        }
        return slot;
    }

    private int moveNow(int slot) {
        return move(slot, Math.max(precision.cut(clock.getAsLong()), updated[slot] + precision.unit()));
    }

    private int move(int slot, long updatedAt) {
        if (updated[slot] != updatedAt) {
            served.replace(standing(slot));
        }
        if (hidden.get(slot)) {
            updated[slot] = updatedAt;
        } else {
            byUpdated.remove(slot);
            updated[slot] = updatedAt;
            byUpdated.add(slot);
        }
        return slot;
    }

    private <T> T reading(Supplier<T> work) {
        return locked(lock.readLock(), work);
    }

    private int writing(IntSupplier work) {
        return locked(lock.writeLock(), work::getAsInt);
    }

    private static <T> T locked(Lock lock, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
