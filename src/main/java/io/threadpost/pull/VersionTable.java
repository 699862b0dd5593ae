package io.threadpost.pull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;

/**
 * Some consecutive blocks of versions: a hash table with a fingerprint and a section in each slot, and a Bloom filter.
 * Blocks of one section are told apart by reading them. The hash table can be moved to a file, and the Bloom filter be
 * halved, after which more look-ups read the file.
 */
final class VersionTable {
    /** A version that was not added is found by as many slots as it is compared with, each with one in 65,535. */
    static final double LOAD = 0.75;

    /** Bytes of a slot: two of the fingerprint, which is 0 in an empty one, and one of the section. */
    static final int SLOT = 3;

    private static final int SECTIONS = 1 << Byte.SIZE;
    /** Bits of the Bloom filter for each slot, at first: one percent of what it lets through was not added. */
    private static final int BITS = 8;

    private static final int HASHES = 3;
    /** A word of the Bloom filter has two to the power of that bits. */
    private static final int WORD = 6;

    private final int slots;
    private final long[] first = new long[SECTIONS];
    private final long[] last = new long[SECTIONS];
    private int used;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;
    /** Null once it is in the file. */
    private ByteBuffer memory;

    private SpillFile file;
    private long position;
    private long[] bloom;

    /** @param slots a power of two, at least 8 */
    VersionTable(int slots) {
        this.slots = slots;
        this.memory = ByteBuffer.allocate(slots * SLOT);
        this.bloom = new long[slots * BITS / Long.SIZE];
    }

    /** Ids of blocks, both inclusive. */
    record Range(long from, long to) {}

    /** @return what a table of so many slots takes */
    static long heapBytes(int slots) {
        return slots * (SLOT + (long) BITS / Byte.SIZE);
    }

    int slots() {
        return slots;
    }

    long heapBytes() {
        return bloomBytes() + (memory == null ? 0 : memory.capacity());
    }

    long bloomBytes() {
        return (long) bloom.length * Long.BYTES;
    }

    /** @return whether so many versions more fit in */
    boolean takes(int versions) {
        return memory != null && used + versions <= LOAD * slots;
    }

    void add(long id, VersionBlock block) {
        int section = Math.min(SECTIONS - 1, (int) (used / (LOAD * slots) * SECTIONS));
        first[section] = first[section] == 0 ? id : Math.min(first[section], id);
        last[section] = Math.max(last[section], id);
        block.versions((updated, hash) -> {
            earliest = Math.min(earliest, updated);
            latest = Math.max(latest, updated);
            int slot = slot(hash);
            while (memory.getShort(slot * SLOT) != 0) {
                slot = next(slot);
            }
            memory.putShort(slot * SLOT, print(hash));
            memory.put(slot * SLOT + Short.BYTES, (byte) section);
            for (int i = 0; i < HASHES; i++) {
                int bit = bit(hash, i);
                bloom[word(bit)] |= 1L << bit;
            }
            used++;
            return false;
        });
    }

    /** @param blocks filled with those that may hold the version */
    boolean find(long updated, long hash, Set<Range> blocks) {
        if (updated < earliest || updated > latest || !mayContain(hash)) {
            return false;
        }
        try {
            short print = print(hash);
            boolean found = false;
            int slot = slot(hash);
            for (int entry = entry(slot); entry >>> Byte.SIZE != 0; entry = entry(slot)) {
                if ((short) (entry >>> Byte.SIZE) == print) {
                    int section = entry & 0xFF;
                    blocks.add(new Range(first[section], last[section]));
                    found = true;
                }
                slot = next(slot);
            }
            return found;
        } catch (IOException e) {
            // What the file cannot tell, all blocks are read for. One connection's may begin before the other's.
            blocks.add(new Range(
                    Arrays.stream(first).filter(id -> id > 0).min().orElseThrow(),
                    Arrays.stream(last).max().orElseThrow()));
            return true;
        }
    }

    private boolean mayContain(long hash) {
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash, i);
            if ((bloom[word(bit)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** @return fingerprint and section of a slot */
    private int entry(int slot) throws IOException {
        return memory == null
                ? file.threeBytes(position + (long) slot * SLOT)
                : (memory.getShort(slot * SLOT) & 0xFFFF) << Byte.SIZE | memory.get(slot * SLOT + Short.BYTES) & 0xFF;
    }

    /** Moves the hash table to the file, unless it is there already. */
    void spill(SpillFile to) throws IOException {
        if (memory != null) {
            position = to.append(memory.array());
            file = to;
            memory = null;
        }
    }

    /** Halves the Bloom filter: bits that differ in the highest bit of their number become one. */
    void halve() {
        long[] half = Arrays.copyOf(bloom, bloom.length / 2);
        for (int i = 0; i < half.length; i++) {
            half[i] |= bloom[half.length + i];
        }
        bloom = half;
    }

    /** @return the number of a bit, which is taken modulo the bits that there are */
    private static int bit(long hash, int number) {
        return (int) (hash >>> Short.SIZE) + number * (int) (hash >>> Integer.SIZE | 1);
    }

    private int word(int bit) {
        return bit >>> WORD & bloom.length - 1;
    }

    private int slot(long hash) {
        return (int) hash & slots - 1;
    }

    private int next(int slot) {
        return slot + 1 & slots - 1;
    }

    /** @return not 0, which marks an empty slot */
    private static short print(long hash) {
        short print = (short) (hash >>> Long.SIZE - Short.SIZE);
        return print == 0 ? 1 : print;
    }
}
