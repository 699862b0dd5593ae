package io.threadpost.sandbox;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The enterprises behind the access tokens, numbered; every thread belongs to exactly one, though no answer names it.
 */
final class Enterprises {
    private final List<UUID> all;
    private final Map<UUID, Integer> numbers = new HashMap<>();
    private final Map<String, Set<UUID>> scopes;

    Enterprises(Map<String, Set<UUID>> scopes) {
        Set<UUID> distinct = new LinkedHashSet<>();
        scopes.values().forEach(distinct::addAll);
        if (distinct.isEmpty() || distinct.size() > Short.MAX_VALUE) {
            throw new IllegalArgumentException("1 to 32767 enterprises are possible, not " + distinct.size());
        }
        this.all = new ArrayList<>(distinct);
        all.forEach(enterprise -> numbers.put(enterprise, numbers.size()));
        this.scopes = scopes;
    }

    int count() {
        return all.size();
    }

    int number(UUID enterprise) {
        Integer number = numbers.get(enterprise);
        if (number == null) {
            throw new IllegalArgumentException("No access token has enterprise " + enterprise);
        }
        return number;
    }

    UUID id(int number) {
        return all.get(number);
    }

    BitSet numbers(Collection<UUID> enterprises) {
        BitSet numbers = new BitSet();
        enterprises.forEach(enterprise -> numbers.set(number(enterprise)));
        return numbers;
    }

    Set<UUID> scope(String accessToken) {
        return scopes.get(accessToken);
    }

    /** The enterprise of a thread that is added with this token; the operation has no parameter for it. */
    int home(String accessToken) {
        return number(scope(accessToken).iterator().next());
    }
}
