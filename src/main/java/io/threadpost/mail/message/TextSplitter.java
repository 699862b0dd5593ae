package io.threadpost.mail.message;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a long text into several messages: at the end of a paragraph if possible, else of a sentence, a line, a word.
 */
final class TextSplitter {
    /** The most messages of one mail. */
    static final int MOST = 20;

    private static final String MARKS = ".!?…。！？;";
    /** Of the number before each of several messages. */
    private static final int NUMBER_LENGTH = "(20/20) ".length();

    private final int longest;
    private final String rest;

    /**
     * @param longest characters (UTF-16) of a message, its number included
     * @param rest a line that follows what fits, with the number of characters that do not
     */
    TextSplitter(int longest, String rest) {
        this.longest = longest;
        this.rest = rest;
    }

    /** @return the messages, in their order; numbered when there are several */
    List<String> split(String text) {
        if (text.length() <= longest) {
            return List.of(text);
        }
        int room = longest - NUMBER_LENGTH;
        List<String> parts = new ArrayList<>();
        String left = text;
        while (left.length() > room && parts.size() < MOST - 1) {
            int cut = cut(left, room);
            parts.add(left.substring(0, cut).stripTrailing());
            left = left.substring(cut).strip();
        }
        if (left.length() > room) {
            int cut = cut(left, room - rest.length() - 12);
            left = left.substring(0, cut).stripTrailing() + "\n" + String.format(rest, left.length() - cut);
        }
        if (!left.isEmpty()) {
            parts.add(left);
        }
        List<String> numbered = new ArrayList<>();
        for (String part : parts) {
            numbered.add("(" + (numbered.size() + 1) + "/" + parts.size() + ") " + part);
        }
        return numbered;
    }

    /** @return where to cut, at most {@code room}, and not so early that the messages become many */
    private static int cut(String text, int room) {
        int least = room / 2;
        int paragraph = text.lastIndexOf("\n\n", room);
        if (paragraph >= least) {
            return paragraph;
        }
        int line = -1;
        int word = -1;
        for (int i = room; i >= least; i--) {
            if (Character.isWhitespace(text.charAt(i))) {
                if (MARKS.indexOf(text.charAt(i - 1)) >= 0) {
                    return i;
                }
                line = line < 0 && text.charAt(i) == '\n' ? i : line;
                word = word < 0 ? i : word;
            }
        }
        return line > 0 ? line : word > 0 ? word : withinWord(text, room);
    }

    /** Characters that belong together stay together. */
    private static int withinWord(String text, int room) {
        int cut = room;
        while (cut > room / 2 && belongsToPrevious(text, cut)) {
            cut--;
        }
        return cut;
    }

    private static boolean belongsToPrevious(String text, int at) {
        int type = Character.getType(text.codePointAt(at));
        return Character.isLowSurrogate(text.charAt(at))
                || type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || text.charAt(at) == '\u200d'
                || text.charAt(at - 1) == '\u200d';
    }
}
