package io.threadpost.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;

/**
 * Converts HTML to the text that a person sees, in time and memory linear in its length. It builds no tree of elements,
 * since small texts can make huge ones.
 */
final class HtmlText {
    private static final Set<String> UNSEEN = Set.of("style", "script", "title", "template", "noscript");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Set<String> APART = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6");
    private static final int LONGEST_NAME = 30;
    /** Quoted lines are marked as in plain mails, so deep at most. */
    private static final int DEEPEST_QUOTE = 5;
    /** Characters of no text, at the begin of a line: a quotation begins or ends. */
    private static final char QUOTE = '\ufdd0';

    private static final char QUOTE_END = '\ufdd1';

    private static final int HEAD = 4096;
    private static final Pattern META =
            Pattern.compile("(?i)<meta\\s[^>]{0,300}?charset\\s{0,9}=\\s{0,9}[\"']?([\\w.:-]{1,60})");

    private final String html;
    private final ReadingBudget budget;
    private final StringBuilder text;
    private boolean paragraph;

    private HtmlText(String html, ReadingBudget budget) {
        this.html = html;
        this.budget = budget;
        this.text = new StringBuilder(html.length() / 4);
    }

    /** @return the charset that the page itself names at its beginning; empty without one */
    static String charset(byte[] html) {
        Matcher meta = META.matcher(new String(html, 0, Math.min(html.length, HEAD), StandardCharsets.ISO_8859_1));
        return meta.find() ? meta.group(1) : "";
    }

    static String of(String html, ReadingBudget budget) {
        return new HtmlText(html, budget).text();
    }

    private String text() {
        int at = 0;
        int tags = 0;
        while (at < html.length()) {
            int tag = html.indexOf('<', at);
            if (tag < 0) {
                words(at, html.length());
                break;
            }
            if (++tags % 1000 == 0) {
                budget.check();
            }
            int next = tag + 1 < html.length() ? html.charAt(tag + 1) : ' ';
            boolean end = next == '/';
            if (next == '!' || next == '?' || end || letter(next)) {
                words(at, tag);
                at = next == '!' || next == '?' ? commentEnd(tag) : element(tag, end);
            } else {
                // No tag: a character of the text.
                int more = html.indexOf('<', tag + 1);
                words(at, more < 0 ? html.length() : more);
                at = more < 0 ? html.length() : more;
            }
        }
        return quoted(blanksAsOne(Parser.unescapeEntities(text.toString(), false)))
                // A run of blanks is tried once, from its beginning.
                .replaceAll("(?<![ \\t\\x0b\\f\\u00a0])[ \\t\\x0b\\f\\u00a0]++\\n", "\n")
                .replaceAll("\\n{3,}+", "\n\n")
                .strip();
    }

    /** Replaces the marks of quotations by a {@code >} before each line in them that is not blank. */
    private static String quoted(String marked) {
        if (marked.indexOf(QUOTE) < 0) {
            return marked;
        }
        StringBuilder lines = new StringBuilder(marked.length() + marked.length() / 8);
        int depth = 0;
        for (String line : marked.split("\n", -1)) {
            int at = 0;
            for (; at < line.length() && (line.charAt(at) == QUOTE || line.charAt(at) == QUOTE_END); at++) {
                depth = Math.max(0, depth + (line.charAt(at) == QUOTE ? 1 : -1));
            }
            String words = line.substring(at);
            if (depth > 0 && !words.isBlank()) {
                lines.append(">".repeat(Math.min(depth, DEEPEST_QUOTE)))
                        .append(' ')
                        .append(words.stripLeading());
            } else {
                lines.append(words);
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    private static boolean letter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private int commentEnd(int tag) {
        boolean comment = html.startsWith("<!--", tag);
        int end = html.indexOf(comment ? "-->" : ">", tag + (comment ? 2 : 1));
        return end < 0 ? html.length() : end + (comment ? 3 : 1);
    }

    /**
     * Reads a tag.
     *
     * @return where the text goes on
     */
    private int element(int tag, boolean ends) {
        int from = tag + (ends ? 2 : 1);
        int to = from;
        while (to < html.length() && Character.isLetterOrDigit(html.charAt(to)) && to - from < LONGEST_NAME) {
            to++;
        }
        String name = html.substring(from, to).toLowerCase(Locale.ROOT);
        int behind = tagEnd(to);
        if (UNSEEN.contains(name)) {
            return ends ? behind : unseenEnd(name, behind);
        }
        if (ends) {
            end(name);
        } else {
            begin(name);
        }
        return behind;
    }

    /** @return the position after the end of the tag; a bracket in quotes does not end it */
    private int tagEnd(int from) {
        boolean value = false;
        for (int i = from; i < html.length(); i++) {
            char c = html.charAt(i);
            if (c == '>') {
                return i + 1;
            } else if (value && (c == '"' || c == '\'')) {
                int quote = html.indexOf(c, i + 1);
                i = quote < 0 ? html.length() : quote;
                value = false;
            } else if (c > ' ') {
                value = c == '=';
            }
        }
        return html.length();
    }

    private int unseenEnd(String name, int from) {
        for (int end = html.indexOf("</", from); end >= 0; end = html.indexOf("</", end + 2)) {
            if (html.regionMatches(true, end + 2, name, 0, name.length())) {
                return tagEnd(end + 2 + name.length());
            }
        }
        return html.length();
    }

    private void begin(String name) {
        if (name.equals("br")) {
            text.append('\n');
        } else if (CELLS.contains(name)) {
            append(" ");
        } else if (name.equals("li") || block(name)) {
            paragraphEnds();
            line();
            text.append(name.equals("li") ? "* " : "");
            if (name.equals("blockquote")) {
                text.append(QUOTE);
            }
            paragraph = name.equals("p");
        }
    }

    private void end(String name) {
        if (CELLS.contains(name)) {
            append(" ");
        } else if (APART.contains(name)) {
            paragraph = false;
            line();
            text.append('\n');
        } else if (block(name)) {
            paragraphEnds();
            line();
            if (name.equals("blockquote")) {
                text.append(QUOTE_END);
            }
        }
    }

    private static boolean block(String name) {
        return !name.isEmpty() && Tag.isKnownTag(name) && Tag.valueOf(name).isBlock();
    }

    private void paragraphEnds() {
        if (paragraph) {
            line();
            text.append('\n');
            paragraph = false;
        }
    }

    private void words(int from, int to) {
        if (from < to) {
            append(asWritten(html.substring(from, to)));
        }
    }

    /** Line ends in the source mean nothing. */
    private static String asWritten(String words) {
        return words.replace('\n', ' ')
                .replace('\r', ' ')
                .replace('\t', ' ')
                .replace('\f', ' ')
                .replace(QUOTE, ' ')
                .replace(QUOTE_END, ' ');
    }

    private static String blanksAsOne(String words) {
        StringBuilder plain = new StringBuilder(words.length());
        boolean blank = true;
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            boolean next = c == ' ' || c == '\u00a0' || c == '\t';
            // Of no width: places where a word may be broken.
            if (c != '\u200b' && c != '\u00ad') {
                if (!next || !blank) {
                    plain.append(next ? ' ' : c);
                }
                blank = next || c == '\n';
            }
        }
        return plain.toString();
    }

    private void line() {
        if (!text.isEmpty() && !lineBegins()) {
            text.append('\n');
        }
    }

    private void append(String words) {
        boolean begins = text.isEmpty() || lineBegins() || Character.isWhitespace(text.charAt(text.length() - 1));
        text.append(begins ? words.stripLeading() : words);
    }

    private boolean lineBegins() {
        char last = text.charAt(text.length() - 1);
        return last == '\n' || last == QUOTE || last == QUOTE_END;
    }
}
