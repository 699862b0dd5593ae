package io.threadpost.mail.mime;

/** Comments of a structured field (RFC 5322): in parentheses, nested, and not within quotes. */
public final class HeaderComments {
    private HeaderComments() {}

    /** @return the value with a blank in place of each comment; an unclosed one extends to the end */
    public static String removed(String value) {
        if (value.indexOf('(') < 0) {
            return value.strip();
        }
        StringBuilder plain = new StringBuilder(value.length());
        boolean quoted = false;
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean escaped = c == '\\' && i + 1 < value.length() && (quoted || depth > 0);
            if (c == '"' && depth == 0) {
                quoted = !quoted;
            } else if (c == '(' && !quoted) {
                depth++;
            }
            if (depth == 0) {
                plain.append(c);
            }
            if (escaped) {
                i++;
                plain.append(depth == 0 ? String.valueOf(value.charAt(i)) : "");
            } else if (c == ')' && depth > 0) {
                depth--;
                plain.append(depth == 0 ? " " : "");
            }
        }
        return plain.toString().strip();
    }
}
