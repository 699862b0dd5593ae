package io.threadpost.journey;

import java.util.Collection;

/** A Bloom filter: tells whether a block can hold an id, without the block. One in a hundred others passes. */
final class IdFilter {
    private static final int BITS_PER_ID = 10;
    private static final int HASHES = 7;

    private IdFilter() {}

    /** @return the filter of these ids; its size is a power of two */
    static byte[] of(Collection<String> ids) {
        int bits = Math.max(64, Integer.highestOneBit(Math.max(1, ids.size() * BITS_PER_ID * 2 - 1)));
        byte[] filter = new byte[bits / 8];
        for (String id : ids) {
            long hash = hash(id);
            for (int i = 0; i < HASHES; i++) {
                int bit = bit(hash, i, bits);
                filter[bit >> 3] |= (byte) (1 << (bit & 7));
            }
        }
        return filter;
    }

    /** @return the hash of an id, for {@link #mayHold} */
    static long hash(String id) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001B3L;
        }
        // The low bits of FNV are weak on texts that differ in few places.
        hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
        return hash ^ hash >>> 32;
    }

    static boolean mayHold(byte[] filter, long hash) {
        int bits = filter.length * 8;
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash, i, bits);
            if ((filter[bit >> 3] & 1 << (bit & 7)) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(long hash, int round, int bits) {
        return (int) hash + round * ((int) (hash >>> 32) | 1) & bits - 1;
    }
}
