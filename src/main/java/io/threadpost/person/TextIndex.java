package io.threadpost.person;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds any of very many texts in another one. A regular expression tries them one at a time and keeps each as a
 * program; an index looks up the few that begin as the text does there. An address may have thousands of threads, each
 * with its subject.
 */
final class TextIndex {
    /** Characters of a text by which it is looked up. */
    static final int SHORTEST = 4;

    private static final int HASHES = 1 << 20;
    private static final Comparator<Entry> LONGEST_FIRST =
            Comparator.comparingInt((Entry entry) -> entry.text().length()).reversed();

    /**
     * A text to find.
     *
     * @param begin a regular expression for what is before the text, of lookbehinds alone; may be empty
     * @param flags of {@link Pattern}, for the letter case
     */
    record Entry(String text, String begin, int flags) {}

    private final Map<Long, List<Entry>> entries = new HashMap<>();
    private final BitSet hashes = new BitSet(HASHES);
    /** Of texts that are too short to be looked up, such as the composed form of a name: there are few. */
    private final List<Pattern> shorter = new ArrayList<>();

    TextIndex(Collection<Entry> texts) {
        for (Entry entry : texts) {
            if (entry.text().length() >= SHORTEST) {
                long key = 0;
                for (int i = 0; i < SHORTEST; i++) {
                    key = key << Character.SIZE | folded(entry.text().charAt(i));
                }
                hashes.set(hash(key));
                entries.computeIfAbsent(key, none -> new ArrayList<>(1)).add(entry);
            } else if (!entry.text().isEmpty()) {
                shorter.add(pattern(entry));
            }
        }
        entries.values().forEach(some -> some.sort(LONGEST_FIRST));
    }

    /** @return an index of texts that are found anywhere, in this letter case */
    static TextIndex exactly(Collection<String> texts) {
        return new TextIndex(texts.stream().map(text -> new Entry(text, "", 0)).toList());
    }

    boolean finds(CharSequence text) {
        return next(text, 0) != null
                || shorter.stream().anyMatch(one -> one.matcher(text).find());
    }

    /** @return where texts are found: from and to, in order; those that overlap are one */
    List<int[]> ranges(CharSequence text) {
        List<int[]> found = new ArrayList<>();
        for (int[] range = next(text, 0); range != null; range = next(text, range[0] + 1)) {
            add(found, range);
        }
        if (shorter.isEmpty()) {
            return found;
        }
        for (Pattern one : shorter) {
            Matcher matcher = one.matcher(text);
            while (matcher.find()) {
                found.add(new int[] {matcher.start(), matcher.end()});
            }
        }
        return merged(found);
    }

    /** @return the ranges in order; those that overlap are one */
    static List<int[]> merged(List<int[]> ranges) {
        List<int[]> merged = new ArrayList<>();
        ranges.stream()
                .sorted(Comparator.comparingInt((int[] range) -> range[0]))
                .forEach(range -> add(merged, range));
        return merged;
    }

    /** Adds a range that begins no earlier than the last one, which it may prolong. */
    private static void add(List<int[]> ranges, int[] range) {
        int[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last == null || range[0] >= last[1]) {
            ranges.add(range.clone());
        } else {
            last[1] = Math.max(last[1], range[1]);
        }
    }

    /** @return where the first text is that begins there or later; null without one */
    private int[] next(CharSequence text, int from) {
        if (entries.isEmpty()) {
            return null;
        }
        long key = 0;
        for (int i = from; i < text.length(); i++) {
            key = key << Character.SIZE | folded(text.charAt(i));
            int start = i - SHORTEST + 1;
            if (start >= from && hashes.get(hash(key))) {
                for (Entry entry : entries.getOrDefault(key, List.of())) {
                    if (!isLike(text, start, entry.text())) {
                        continue;
                    }
                    Matcher matcher = pattern(entry)
                            .matcher(text)
                            .useTransparentBounds(true)
                            .region(start, text.length());
                    if (matcher.lookingAt()) {
                        return new int[] {matcher.start(), matcher.end()};
                    }
                }
            }
        }
        return null;
    }

    /** Very many texts may begin alike: only for those that are there, a regular expression is made. */
    private static boolean isLike(CharSequence text, int start, String wanted) {
        if (wanted.length() > text.length() - start) {
            return false;
        }
        for (int i = SHORTEST; i < wanted.length(); i++) {
            if (folded(text.charAt(start + i)) != folded(wanted.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static Pattern pattern(Entry entry) {
        return Pattern.compile(entry.begin() + Pattern.quote(entry.text()), entry.flags());
    }

    /** As regular expressions compare letters without their case; the letter case of surrogates is that of a pair. */
    private static char folded(char c) {
        return Character.isSurrogate(c) ? Character.MIN_SURROGATE : Character.toLowerCase(Character.toUpperCase(c));
    }

    private static int hash(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 44);
    }
}
