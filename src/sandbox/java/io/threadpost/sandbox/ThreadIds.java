package io.threadpost.sandbox;

import java.util.UUID;

/**
 * The ids of threads, computed instead of stored: the first 32 bits of an id are a permutation of the thread's slot,
 * the rest is noise. So two million ids cost no memory, look random, and still lead back to their slot.
 */
final class ThreadIds {
    private final long seed;
    private final int key;

    ThreadIds(long seed) {
        this.seed = seed;
        this.key = (int) SplitMix.of(seed);
    }

    /** The order of ids as text; unsigned. */
    long rank(int slot) {
        return Integer.toUnsignedLong(permuted(slot ^ key));
    }

    long high(int slot) {
        return rank(slot) << 32 | (SplitMix.of(seed, slot) & 0xFFFF0FFFL) | 0x4000L;
    }

    long low(int slot) {
        return (SplitMix.of(~seed, slot) & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    }

    UUID id(int slot) {
        return new UUID(high(slot), low(slot));
    }

    /** The slot whose id this is, or -1 where no slot below {@code slots} has it. */
    int slot(UUID id, int slots) {
        int slot = restored((int) (id.getMostSignificantBits() >>> 32)) ^ key;
        boolean known = slot >= 0
                && slot < slots
                && high(slot) == id.getMostSignificantBits()
                && low(slot) == id.getLeastSignificantBits();
        return known ? slot : -1;
    }

    /** MurmurHash3's finalizer, a bijection on 32 bits. */
    private static int permuted(int value) {
        int x = (value ^ (value >>> 16)) * 0x85EBCA6B;
        x = (x ^ (x >>> 13)) * 0xC2B2AE35;
        return x ^ (x >>> 16);
    }

    /** The inverse: multiplications by the modular inverses of the constants above. */
    private static int restored(int value) {
        int x = (value ^ (value >>> 16)) * 0x7ED1B41D;
        x = (x ^ (x >>> 13) ^ (x >>> 26)) * 0xA5CB9243;
        return x ^ (x >>> 16);
    }
}
