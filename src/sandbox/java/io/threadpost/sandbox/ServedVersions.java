package io.threadpost.sandbox;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The versions that were ever served: one bit for a thread whose current version was, and an entry only for versions
 * replaced since, so that serving millions of threads needs little memory. Not thread-safe.
 */
final class ServedVersions {
    private final BitSet standing = new BitSet();
    private final Set<ThreadVersion> replaced = new HashSet<>();

    void add(ThreadVersion version, boolean stillStands) {
        if (stillStands) {
            standing.set(version.slot());
        } else {
            replaced.add(version);
        }
    }

    /** The thread is about to get another version than this. */
    void replace(ThreadVersion version) {
        if (standing.get(version.slot())) {
            standing.clear(version.slot());
            replaced.add(version);
        }
    }

    /** @param current a thread's current version */
    Set<ThreadVersion> all(IntFunction<ThreadVersion> current) {
        Set<ThreadVersion> all = new HashSet<>(replaced);
        standing.stream().mapToObj(current).forEach(all::add);
        return all;
    }
}
