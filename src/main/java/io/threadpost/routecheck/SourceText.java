package io.threadpost.routecheck;

import java.util.List;

/** The lines of a file, for locating a word in a scalar that may be quoted or folded over several of them. */
record SourceText(List<String> lines) {
    /** Nobody counts columns in a longer line. */
    private static final int LONGEST = 5_000;

    static SourceText of(String text) {
        return new SourceText(text.lines().toList());
    }

    /**
     * @return the first position of the word in the node; the node's own position when the file spells it differently
     */
    SourcePosition find(YamlNode node, String word) {
        return find(node, word, 0);
    }

    /** @param skipped how many occurrences to skip */
    SourcePosition find(YamlNode node, String word, int skipped) {
        int left = skipped;
        for (int line = node.line(); line <= Math.min(node.lastLine(), lines.size()) && !word.isEmpty(); line++) {
            String text = lines.get(line - 1);
            if (text.length() > LONGEST) {
                break;
            }
            int from = line == node.line()
                    ? text.offsetByCodePoints(0, Math.min(node.column() - 1, text.codePointCount(0, text.length())))
                    : 0;
            for (int at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
                if (left-- == 0) {
                    return new SourcePosition.At(line, text.codePointCount(0, at) + 1);
                }
            }
        }
        return node;
    }
}
