package io.threadpost.sandbox;

import java.nio.charset.StandardCharsets;

/** A page of the sandbox in HTML, written piece by piece. */
final class HtmlPage {
    private static final String STYLE =
            """
            body{font:16px sans-serif;max-width:45em;margin:2em auto;padding:0 1em;color:#222}
            p{white-space:pre-wrap;padding:.6em 1em;border-radius:.8em;margin:.4em 0;overflow-wrap:anywhere}
            .guest{background:#eee;margin-right:20%}.hotel{background:#d5e8ff;margin-left:20%}
            small{display:block;color:#555}
            """;

    private final StringBuilder page = new StringBuilder(4096);

    HtmlPage(String title) {
        raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .text(title);
        raw("</title><style>\n" + STYLE + "</style></head><body>\n<h1>")
                .text(title)
                .raw("</h1>\n");
    }

    /** HTML as it is. */
    HtmlPage raw(String html) {
        page.append(html);
        return this;
    }

    /** A text, escaped. */
    HtmlPage text(String text) {
        page.append(text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;"));
        return this;
    }

    /**
     * A message.
     *
     * @param writer {@code guest} or {@code hotel}
     */
    HtmlPage message(String writer, String heading, String text) {
        return raw("<p class=\"" + writer + "\"><small>")
                .text(heading)
                .raw("</small>")
                .text(text)
                .raw("</p>\n");
    }

    WireAnswer toAnswer() {
        return WireAnswer.of(200, "text/html; charset=utf-8", toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return page + "</body></html>\n";
    }
}
