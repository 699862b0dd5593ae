package io.threadpost.digest;

/**
 * Makes guests' text safe for a line of a mail: it cannot end the line, and every cut or replaced character is visible.
 */
final class DigestLine {
    /** Characters that a digest shows of one text. */
    private static final int LONGEST = 300;

    private DigestLine() {}

    /**
     * @return one line of at most 300 characters; white space becomes a blank, other control characters and lone
     *     surrogates become U+FFFD
     */
    static String line(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
        int at = 0;
        for (int count = 0; at < text.length() && count < LONGEST; count++) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            line.appendCodePoint(shown(c));
        }
        return at < text.length()
                ? line.append('…').toString()
                : line.toString().strip();
    }

    private static int shown(int c) {
        return switch (Character.getType(c)) {
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.CONTROL -> Character.isWhitespace(c) || c == 0x85 ? ' ' : 0xfffd;
            case Character.SURROGATE, Character.UNASSIGNED -> 0xfffd;
            default -> c;
        };
    }
}
