package io.threadpost.sandbox;

/**
 * Deterministic random numbers: the same inputs give the same well-spread numbers, on every machine and without state.
 */
final class SplitMix {
    private SplitMix() {}

    /** SplitMix64's finalizer: a bijection whose output bits are well spread. */
    static long of(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long of(long seed, long value) {
        return of(of(seed) ^ value);
    }

    /** A number in {@code [0, 1)}. */
    static double share(long noise) {
        return (noise >>> 11) * 0x1.0p-53;
    }

    /** A number in {@code [0, bound)}. */
    static int below(long noise, int bound) {
        return (int) Long.remainderUnsigned(noise, bound);
    }
}
