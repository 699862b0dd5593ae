package io.threadpost.add;

import java.util.Set;
import java.util.TreeSet;

/**
 * Where the platform cuts one field, as far as it was seen. It may count characters or halves of characters, trim what
 * it cut, and end it with an ellipsis.
 *
 * @param lengths in UTF-16 units or code points, whichever the platform counts
 */
record Truncation(Set<Integer> lengths) {
    static final Truncation NONE = new Truncation(Set.of());

    /** How a text of the platform is related to one that was sent. */
    enum Likeness {
        /** It is the same but for case and white space, or what the platform is known to make of it. */
        SAME,
        /** It is a beginning of it, cut where no other one was seen to be cut. */
        BEGINNING,
        /** It is another one. */
        OTHER
    }

    /** @param sent normalised @param found as the platform has it */
    Likeness compare(String sent, String found) {
        String text = NormalizedText.of(found);
        if (text.equalsIgnoreCase(sent)) {
            return Likeness.SAME;
        }
        int cut = cut(sent, text);
        if (cut == 0) {
            return Likeness.OTHER;
        }
        return around(sent, cut).stream().anyMatch(lengths::contains) ? Likeness.SAME : Likeness.BEGINNING;
    }

    /** @return the lengths that an answer teaches; empty when the text was not cut */
    static Set<Integer> seen(String sent, String found) {
        String text = NormalizedText.of(found);
        int cut = text.equalsIgnoreCase(sent) ? 0 : cut(sent, text);
        return cut == 0 ? Set.of() : around(sent, cut);
    }

    /** @return what is left of a text when it is cut as short as was ever seen */
    String shortest(String sent) {
        int shortest = lengths.stream().mapToInt(Integer::intValue).min().orElse(sent.length());
        if (shortest >= sent.length()) {
            return sent;
        }
        boolean halved = shortest > 0 && Character.isHighSurrogate(sent.charAt(shortest - 1));
        return sent.substring(0, halved ? shortest - 1 : shortest).strip();
    }

    /** @return how much of the sent text is there, in UTF-16 units; 0 when it is no beginning */
    static int cut(String sent, String text) {
        for (String ending : new String[] {"", "…", "...", "\uFFFD"}) {
            String body = text.endsWith(ending)
                    ? text.substring(0, text.length() - ending.length()).strip()
                    : "";
            if (!body.isEmpty()
                    && body.length() < sent.length()
                    && sent.regionMatches(true, 0, body, 0, body.length())) {
                return body.length();
            }
        }
        return 0;
    }

    /** A space at the cut may have been trimmed, and half a character dropped. */
    private static Set<Integer> around(String sent, int cut) {
        Set<Integer> lengths = new TreeSet<>();
        int points = sent.codePointCount(0, cut);
        lengths.add(cut);
        lengths.add(points);
        char next = sent.charAt(cut);
        if (next == ' ') {
            lengths.add(points + 1);
        }
        for (int at = cut; at < cut + 2 && at < sent.length(); at++) {
            if (sent.charAt(at) == ' ' || Character.isHighSurrogate(sent.charAt(at))) {
                lengths.add(at + 1);
            }
        }
        return lengths;
    }
}
