package io.threadpost.routecheck;

import java.util.List;

/** The lines of a file, for finding a word within a text that may be quoted or folded over several of them. */
record SourceText(List<String> lines) {
    /** Nobody counts columns in a longer line. */
    private static final int LONGEST = 5_000;

    static SourceText of(String text) {
        return new SourceText(text.lines().toList());
    }

    /** @return where the word stands the first time within the part; where the part begins when it is written otherwise there */
    Place find(Part part, String word) {
        return find(part, word, 0);
    }

    /** @param nth how many of them to leave out */
    Place find(Part part, String word, int nth) {
        int left = nth;
        for (int line = part.line(); line <= Math.min(part.lastLine(), lines.size()) && !word.isEmpty(); line++) {
            String text = lines.get(line - 1);
            if (text.length() > LONGEST) {
                break;
            }
            int from = line == part.line()
                    ? text.offsetByCodePoints(0, Math.min(part.column() - 1, text.codePointCount(0, text.length())))
                    : 0;
            for (int at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
                if (left-- == 0) {
                    return new Place(line, text.codePointCount(0, at) + 1);
                }
            }
        }
        return new Place(part.line(), part.column());
    }
}
