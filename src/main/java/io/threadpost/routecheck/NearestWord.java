package io.threadpost.routecheck;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the word that was probably meant, by edit distance. */
public record NearestWord(Collection<String> words) {

    /** The word with the fewest edits, the first one of several; empty only when there are no words. */
    public Optional<String> to(String written) {
        return words.stream().min(Comparator.comparingInt(word -> distance(word, written)));
    }

    /** The word with the fewest edits, ignoring case, if they are so few that it may have been meant. */
    public Optional<String> likely(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        int limit = written.length() <= 3 ? 1 : Math.max(2, written.length() / 3);
        return words.stream()
                .filter(word -> Math.abs(word.length() - written.length()) <= limit)
                .map(word -> Map.entry(word, distance(word.toLowerCase(Locale.ROOT), lower)))
                .filter(near -> near.getValue() <= limit && near.getValue() < written.length())
                .min(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(near -> -common(near.getKey().toLowerCase(Locale.ROOT), lower)))
                .map(Map.Entry::getKey);
    }

    /** The length of the common prefix. */
    private static int common(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }

    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
