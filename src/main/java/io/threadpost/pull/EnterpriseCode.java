package io.threadpost.pull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A code of constant weight: each enterprise has a word of as few bits as possible, half of them ones, and no other has
 * the same. Part n are the enterprises whose bit n is one. An answer that lacks a thread turns ones to zeros, and a
 * word with too few ones belongs to nobody.
 */
final class EnterpriseCode {
    private final Map<Integer, String> enterprises = new LinkedHashMap<>();
    private final List<List<String>> parts = new ArrayList<>();

    /** @param ids at least one, each once */
    EnterpriseCode(List<String> ids) {
        int length = ids.size() == 1 ? 0 : 2;
        while (words(length) < ids.size()) {
            length++;
        }
        int word = (1 << length / 2) - 1;
        for (String id : ids) {
            enterprises.put(word, id);
            word = length == 0 ? word : next(word);
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 1 << bit;
            parts.add(enterprises.entrySet().stream()
                    .filter(entry -> (entry.getKey() & mask) != 0)
                    .map(Map.Entry::getValue)
                    .toList());
        }
    }

    /** @return how many parts there are; none for a single enterprise */
    int parts() {
        return parts.size();
    }

    List<String> part(int number) {
        return parts.get(number);
    }

    /** @return the one enterprise there is */
    String only() {
        return enterprises.get(0);
    }

    /**
     * @param word the bits of the parts that have a thread
     * @return null when no enterprise is in just these parts
     */
    String enterprise(int word) {
        return enterprises.get(word);
    }

    /** @return how many words of that length have half of their bits set */
    private static long words(int length) {
        long words = 1;
        for (int i = 1; i <= length / 2; i++) {
            words = words * (length - length / 2 + i) / i;
        }
        return words;
    }

    /** @return the next larger number with as many bits set */
    private static int next(int word) {
        int lowest = word & -word;
        int ripple = word + lowest;
        return ripple | (word ^ ripple) / lowest >>> 2;
    }
}
