package io.threadpost.mail;

import java.util.Set;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** HTML as the text that a person sees of it. */
final class HtmlText {
    private static final Set<String> UNSEEN = Set.of("head", "style", "script", "title", "template", "noscript");
    private static final Set<String> CELLS = Set.of("td", "th");

    private HtmlText() {}

    static String of(String html) {
        Document document = Jsoup.parse(html);
        StringBuilder text = new StringBuilder();
        document.filter(new NodeFilter() {
            @Override
            public FilterResult head(Node node, int depth) {
                if (node instanceof TextNode words) {
                    append(text, words.text());
                } else if (node instanceof Element element) {
                    String name = element.normalName();
                    if (UNSEEN.contains(name)) {
                        return FilterResult.SKIP_ENTIRELY;
                    }
                    if (name.equals("br")) {
                        text.append('\n');
                    } else if (name.equals("li")) {
                        line(text);
                        text.append("* ");
                    } else if (element.isBlock() && !CELLS.contains(name)) {
                        line(text);
                    }
                }
                return FilterResult.CONTINUE;
            }

            @Override
            public FilterResult tail(Node node, int depth) {
                if (node instanceof Element element) {
                    String name = element.normalName();
                    if (CELLS.contains(name)) {
                        append(text, " ");
                    } else if (name.equals("p") || name.matches("h[1-6]")) {
                        line(text);
                        text.append('\n');
                    } else if (element.isBlock()) {
                        line(text);
                    }
                }
                return FilterResult.CONTINUE;
            }
        });
        return text.toString()
                // A run of blanks is tried once, from its beginning.
                .replaceAll("(?<![ \\t\\x0b\\f\\u00a0])[ \\t\\x0b\\f\\u00a0]++\\n", "\n")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }

    private static void line(StringBuilder text) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    private static void append(StringBuilder text, String words) {
        boolean begins = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
        text.append(begins ? words.stripLeading() : words);
    }
}
