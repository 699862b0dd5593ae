package io.threadpost.text;

/**
 * Makes text from outside safe to store and to show: whole characters only, and none that changes how the rest is read.
 */
public final class PlainText {
    private PlainText() {}

    /** @return one line, each run of white space as one blank, cut to that many characters */
    public static String line(String text, int most) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), most));
        boolean blank = false;
        int left = most;
        for (int i = 0; i < text.length() && left > 0; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (blank(c)) {
                blank = !line.isEmpty();
            } else if (!steers(c)) {
                if (blank) {
                    if (left == 1) {
                        break;
                    }
                    line.append(' ');
                    blank = false;
                    left--;
                }
                line.appendCodePoint(whole(c));
                left--;
            }
        }
        return line.toString();
    }

    /** @return the lines, separated by single line feeds, cut to that many chars */
    public static String lines(String text, int most) {
        StringBuilder lines = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length() && lines.length() < most; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\r') {
                if (i == text.length() || text.charAt(i) != '\n') {
                    lines.append('\n');
                }
            } else if (separates(c)) {
                lines.append('\n');
            } else if (c == '\n' || c == '\t' || !Character.isISOControl(c) && !steers(c)) {
                lines.appendCodePoint(whole(c));
            }
        }
        return lines.toString();
    }

    /**
     * Keeps the text, its line feeds and tabs; replaces all other control characters and line separators by blanks, and
     * removes marks that change the direction of the text.
     *
     * @return the same instance if nothing changes; null for null
     */
    public static String harmless(String text) {
        if (text == null || text.chars().noneMatch(PlainText::harms)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!harms(c)) {
                plain.append(c);
            } else if (!steers(c)) {
                plain.append(' ');
            }
        }
        return plain.toString();
    }

    private static boolean harms(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t' || separates(c) || steers(c);
    }

    private static boolean blank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /** Line separators that not every reader treats as one. */
    private static boolean separates(int c) {
        return c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /**
     * Marks that change the direction of the text, by which an address can look like another one, and invisible ones.
     */
    private static boolean steers(int c) {
        return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0xfeff;
    }

    private static int whole(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c;
    }
}
