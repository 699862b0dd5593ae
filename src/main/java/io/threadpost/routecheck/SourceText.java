package io.threadpost.routecheck;

import java.util.List;

/** The lines of a file, for finding a word within a text that may be quoted or folded over several of them. */
record SourceText(List<String> lines) {
    /** Nobody counts columns in a longer line. */
    private static final int LONGEST = 5_000;

    static SourceText of(String text) {
        return new SourceText(text.lines().toList());
    }

    /**
     * @return where the word stands the first time within the part; where the part begins when it is written otherwise
     *     there
     */
    SourcePosition find(YamlNode yamlNode, String word) {
        return find(yamlNode, word, 0);
    }

    /** @param nth how many of them to leave out */
    SourcePosition find(YamlNode yamlNode, String word, int nth) {
        int left = nth;
        for (int line = yamlNode.line();
                line <= Math.min(yamlNode.lastLine(), lines.size()) && !word.isEmpty();
                line++) {
            String text = lines.get(line - 1);
            if (text.length() > LONGEST) {
                break;
            }
            int from = line == yamlNode.line()
                    ? text.offsetByCodePoints(0, Math.min(yamlNode.column() - 1, text.codePointCount(0, text.length())))
                    : 0;
            for (int at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1)) {
                if (left-- == 0) {
                    return new SourcePosition(line, text.codePointCount(0, at) + 1);
                }
            }
        }
        return new SourcePosition(yamlNode.line(), yamlNode.column());
    }
}
