package io.threadpost.sandbox;

import java.util.Set;
import java.util.TreeSet;

/**
 * When a fault strikes. Requests are counted from 1 for each action, {@code getAll} and {@code add}, since the faults
 * were set.
 *
 * @param share the probability of each request, 0..1
 * @param every strikes each n-th request; 0 for never
 * @param at strikes these requests
 */
public record Chance(double share, long every, Set<Long> at) {
    /** Never. */
    public static final Chance NEVER = new Chance(0, 0, Set.of());

    /** Always. */
    public static final Chance ALWAYS = new Chance(0, 1, Set.of());

    public Chance {
        at = Set.copyOf(at);
    }

    /** Each request with this probability, 0..1. */
    public static Chance of(double share) {
        return new Chance(share, 0, Set.of());
    }

    /** Each n-th request. */
    public static Chance every(long n) {
        return new Chance(0, n, Set.of());
    }

    /** These requests; the first is 1. */
    public static Chance at(long... ordinals) {
        Set<Long> at = new TreeSet<>();
        for (long ordinal : ordinals) {
            at.add(ordinal);
        }
        return new Chance(0, 0, at);
    }

    boolean strikes(long noise, long ordinal) {
        return at.contains(ordinal) || (every > 0 && ordinal % every == 0) || SplitMix.share(noise) < share;
    }
}
