package io.threadpost.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jboss.logging.Logger;

import io.threadpost.pull.VersionBlock.Version;
import io.threadpost.pull.VersionTable.Range;
import io.threadpost.retry.FailureReason;

/**
 * Finds the blocks that a thread version may be stored in, without reading the others: about five bytes a version. It
 * never misses a version of an added block; about one version in a thousand is found that is not there, and versions
 * may be gone from their block. The memory that it takes is bounded: first the oldest tables go to a file, then their
 * Bloom filters get coarser. Thread-safe.
 */
final class VersionFilter {
    private static final Logger LOG = Logger.getLogger(VersionFilter.class);
    private static final int SMALLEST = 1 << 10;
    private static final int LARGEST = 1 << 20;
    /** Tables of the largest size that fit into the memory. */
    private static final int TABLES = 4;
    /** A Bloom filter that is not made coarser. */
    private static final int SMALLEST_BLOOM = 64;

    private final long memory;
    private final SpillFile file;
    private final List<VersionTable> tables = new ArrayList<>();
    private final Map<String, Long> added = new HashMap<>();
    private int size;
    private boolean full;
    private boolean reported;

    /** @param memory bytes of heap that are used, about */
    VersionFilter(long memory, SpillFile file) {
        this.memory = memory;
        this.file = file;
    }

    /** Versions that may be stored, and all blocks that they may be stored in. */
    record Found(Set<Version> versions, Set<Range> blocks) {}

    /** @return the connection's latest block that was added; none of those before is missing */
    synchronized long added(String connection) {
        return added.getOrDefault(connection, 0L);
    }

    /** @return whether no more blocks are taken, since the disk is full: the later ones are searched without it */
    synchronized boolean full() {
        return full;
    }

    /** Takes blocks again, if there is disk by now: none of those that were refused was added. */
    synchronized void resume() {
        full = false;
    }

    synchronized int size() {
        return size;
    }

    synchronized long heapBytes() {
        return tables.stream().mapToLong(VersionTable::heapBytes).sum();
    }

    /** Adds a block, unless it was added before, or the filter is full. The connection's blocks come in their order. */
    synchronized void add(String connection, long id, int versions, VersionBlock block) {
        if (id <= added(connection) || full) {
            return;
        }
        VersionTable last = tables.isEmpty() ? null : tables.get(tables.size() - 1);
        if (last == null || !last.takes(versions)) {
            last = new VersionTable(slots(last, versions));
            if (!makeRoom(last.heapBytes())) {
                return;
            }
            tables.add(last);
        }
        last.add(id, block);
        added.put(connection, id);
        size += versions;
    }

    private int slots(VersionTable before, int versions) {
        int slots = before == null ? SMALLEST : Math.min(LARGEST, 2 * before.slots());
        while (slots > SMALLEST && TABLES * VersionTable.heapBytes(slots) > memory) {
            slots /= 2;
        }
        while (versions > VersionTable.LOAD * slots) {
            slots *= 2;
        }
        return slots;
    }

    private boolean makeRoom(long bytes) {
        long left = memory - bytes;
        try {
            for (int i = 0; i < tables.size() && heapBytes() > left; i++) {
                tables.get(i).spill(file);
            }
        } catch (IOException e) {
            full = true;
            if (!reported) {
                LOG.warnf(
                        "dedupe keys do not fit into memory and cannot be written to a file, so pulling is slow;"
                                + " retried every minute: %s",
                        FailureReason.of(e));
                reported = true;
            }
            return false;
        }
        reported = false;
        while (!tables.isEmpty() && heapBytes() > left) {
            VersionTable largest = Collections.max(tables, Comparator.comparing(VersionTable::bloomBytes));
            if (largest.bloomBytes() <= SMALLEST_BLOOM) {
                break;
            }
            largest.halve();
        }
        return true;
    }

    synchronized Found find(String connection, Collection<Version> versions) {
        Set<Version> found = new HashSet<>();
        Set<Range> blocks = new HashSet<>();
        for (Version version : versions) {
            long hash = VersionBlock.hash(connection, version);
            for (VersionTable table : tables) {
                if (table.find(version.updated(), hash, blocks)) {
                    found.add(version);
                }
            }
        }
        return new Found(found, blocks);
    }

    /** Deletes the file: all that is in it is found from now on. */
    synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debugf("the file of dedupe keys is not closed: %s", FailureReason.of(e));
        }
    }
}
