package io.threadpost.pull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.threadpost.pull.VersionBlock.Version;

/**
 * Finds the block that a thread version may be stored in, without reading the others: about four bytes a version in
 * memory. It never misses a version of an added block; about one version in a thousand is found that is not there, and
 * versions may be gone from their block. Thread-safe.
 */
final class VersionFilter {
    /** A version that was not added is found by as many slots as it is compared with, each with one in 65,535. */
    private static final double LOAD = 0.75;

    private static final int SMALLEST = 1 << 16;
    private static final int LARGEST = 1 << 20;

    private final int most;
    private final List<Table> tables = new ArrayList<>();
    private final Map<String, Long> added = new HashMap<>();
    private int size;

    /** @param most versions to remember: what memory there is */
    VersionFilter(int most) {
        this.most = most;
    }

    /** Ids of blocks, both inclusive. */
    record Range(long from, long to) {}

    /** Versions that may be stored, and all blocks that they may be stored in. */
    record Found(Set<Version> versions, Set<Range> blocks) {}

    /** @return the connection's latest block that was added; none of those before is missing */
    synchronized long added(String connection) {
        return added.getOrDefault(connection, 0L);
    }

    /** @return whether no more blocks are taken: the later ones must be searched without the filter */
    synchronized boolean full() {
        return size >= most;
    }

    synchronized int size() {
        return size;
    }

    /** Adds a block, unless it was added before, or the filter is full. The connection's blocks come in their order. */
    synchronized void add(String connection, long id, int versions, VersionBlock block) {
        if (id <= added(connection) || full()) {
            return;
        }
        Table last = tables.isEmpty() ? null : tables.get(tables.size() - 1);
        if (last == null || last.used + versions > LOAD * last.prints.length) {
            int slots = last == null ? SMALLEST : Math.min(LARGEST, 2 * last.prints.length);
            while (versions > LOAD * slots) {
                slots *= 2;
            }
            last = new Table(slots);
            tables.add(last);
        }
        last.add(id, block);
        added.put(connection, id);
        size += versions;
    }

    synchronized Found find(String connection, Collection<Version> versions) {
        Set<Version> found = new HashSet<>();
        Set<Range> blocks = new HashSet<>();
        for (Version version : versions) {
            long hash = VersionBlock.hash(connection, version);
            for (Table table : tables) {
                if (table.find(version.updated(), hash, blocks)) {
                    found.add(version);
                }
            }
        }
        return new Found(found, blocks);
    }

    /**
     * Some consecutive blocks: a hash table with a fingerprint and a section in each slot. Blocks of one section are
     * told apart by reading them.
     */
    private static final class Table {
        private static final int SECTIONS = 1 << Byte.SIZE;

        private final short[] prints;
        private final byte[] sections;
        private final long[] first = new long[SECTIONS];
        private final long[] last = new long[SECTIONS];
        private int used;
        private long earliest = Long.MAX_VALUE;
        private long latest = Long.MIN_VALUE;

        /** @param slots a power of two */
        Table(int slots) {
            prints = new short[slots];
            sections = new byte[slots];
        }

        void add(long id, VersionBlock block) {
            int section = Math.min(SECTIONS - 1, (int) (used / (LOAD * prints.length) * SECTIONS));
            first[section] = first[section] == 0 ? id : Math.min(first[section], id);
            last[section] = Math.max(last[section], id);
            block.versions((updated, hash) -> {
                earliest = Math.min(earliest, updated);
                latest = Math.max(latest, updated);
                int slot = slot(hash);
                while (prints[slot] != 0) {
                    slot = slot + 1 & prints.length - 1;
                }
                prints[slot] = print(hash);
                sections[slot] = (byte) section;
                used++;
                return false;
            });
        }

        boolean find(long updated, long hash, Set<Range> blocks) {
            if (updated < earliest || updated > latest) {
                return false;
            }
            short print = print(hash);
            boolean found = false;
            for (int slot = slot(hash); prints[slot] != 0; slot = slot + 1 & prints.length - 1) {
                if (prints[slot] == print) {
                    int section = sections[slot] & 0xFF;
                    blocks.add(new Range(first[section], last[section]));
                    found = true;
                }
            }
            return found;
        }

        private int slot(long hash) {
            return (int) hash & prints.length - 1;
        }

        /** @return not 0, which marks an empty slot */
        private static short print(long hash) {
            short print = (short) (hash >>> Long.SIZE - Short.SIZE);
            return print == 0 ? 1 : print;
        }
    }
}
