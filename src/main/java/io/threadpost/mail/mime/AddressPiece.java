package io.threadpost.mail.mime;

import java.util.regex.Pattern;

/** The text between two commas of a header field with addresses. */
final class AddressPiece {
    private static final Pattern MAILTO = Pattern.compile("(?i)^(?:mailto:|smtp:){1,3}");

    /** Between a name and an address without brackets. */
    private static final String SEPARATORS = " \t:|–—-";

    /** Enough of the words to see whether they begin with an address. */
    private static final int BEGINNING = 400;

    private static final Pattern ADDRESS_IN_NAME = Pattern.compile("^\\s*[^\\s@]{1,100}@[^\\s@]{1,100}\\s+\\p{L}");

    /** Stand in for an at sign within a name, and for a blank within an address. */
    private static final char AT = '\ufdd0';

    private static final char BLANK = '\ufdd1';

    final StringBuilder words = new StringBuilder();
    private final StringBuilder withComments = new StringBuilder();
    private final StringBuilder behind = new StringBuilder();
    private String comment = "";
    String angle;
    boolean unclosed;
    private String bare;

    void raw(char c) {
        words.append(c);
        (angle == null ? withComments : behind).append(c);
    }

    boolean empty() {
        return words.isEmpty() && angle == null;
    }

    /** @return what follows the brackets, as the beginning of the next piece */
    AddressPiece rest() {
        AddressPiece next = new AddressPiece();
        next.words.append(behind);
        next.withComments.append(behind);
        return next;
    }

    /** @param local whether it is the local part of an address */
    void quoted(String quoted, boolean local) {
        if (local) {
            words.append('"').append(quoted.replace(' ', BLANK)).append('"');
            return;
        }
        StringBuilder plain = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            if (quoted.charAt(i) == '\\' && i + 1 < quoted.length()) {
                i++;
            }
            plain.append(quoted.charAt(i));
        }
        (angle == null ? withComments : behind).append(plain);
        if (angle == null) {
            // A quoted name is an address only if nothing else is.
            words.append(' ').append(plain.toString().replace('@', AT)).append(' ');
        }
    }

    void comment(String text) {
        comment = comment.isEmpty() ? text : comment;
        words.append(' ');
        if (angle == null && !text.isBlank()) {
            boolean apart =
                    withComments.isEmpty() || Character.isWhitespace(withComments.charAt(withComments.length() - 1));
            withComments
                    .append(apart ? "(" : " (")
                    .append(text.replace("\\", ""))
                    .append(") ");
        }
    }

    void angle(String content) {
        String address = cleaned(content);
        if (angle == null || !angle.contains("@") || address.contains("@")) {
            angle = address;
        }
    }

    String address() {
        if (angle != null && angle.contains("@")) {
            return angle;
        }
        if (bare == null) {
            bare = bare();
        }
        return bare;
    }

    String name() {
        boolean brackets = angle != null && angle.contains("@");
        if (brackets) {
            String before = withComments.toString().strip();
            String name = before.isEmpty() && comment.isEmpty() ? nameBehind() : before;
            boolean only = name.startsWith("(") && name.endsWith(")") && name.equals("(" + comment + ")");
            return name.isEmpty() || only ? comment : MAILTO.matcher(name).replaceFirst("");
        }
        String plain = address().replace(' ', BLANK);
        if (plain.isEmpty()) {
            String name =
                    words.toString().isBlank() ? "" : withComments.toString().strip();
            return angle == null || angle.isEmpty() ? name : name + " <" + angle + ">";
        }
        String rest = withoutAddress(joined(words), plain);
        if (rest.isEmpty()) {
            return comment;
        }
        return comment.isEmpty() ? rest : withoutAddress(joined(withComments), plain);
    }

    /** @return what follows the brackets; empty for punctuation alone */
    private String nameBehind() {
        String name = behind.toString().strip();
        return name.codePoints().anyMatch(Character::isLetter) ? name : "";
    }

    private static String withoutAddress(String text, String address) {
        String rest = text.replace(AT, '@').replaceFirst("(?i)(?:mailto:|smtp:)?" + Pattern.quote(address), "");
        return stripped(rest.replace("[]", ""), SEPARATORS, SEPARATORS);
    }

    /** @return whether words follow an address without brackets, which is part of a name then */
    boolean addressInName() {
        return angle == null
                && ADDRESS_IN_NAME
                        .matcher(joined(words.subSequence(0, Math.min(words.length(), BEGINNING))))
                        .find();
    }

    /** @return an address without brackets */
    private String bare() {
        String all = joined(words);
        for (String word : all.split("[\\s\\[\\]]+")) {
            String plain = MAILTO.matcher(word).replaceFirst("").replaceFirst("^[^\"@]*:(?=[^:]*@)", "");
            int at = plain.lastIndexOf('@');
            if (at > 0 && at + 1 < plain.length()) {
                return stripped(plain, "'.", "'.").replace(BLANK, ' ');
            }
        }
        int hidden = all.indexOf(AT);
        return hidden < 0 || !withComments.toString().strip().matches("'?[^\\s@]+@[^\\s@]+'?")
                ? ""
                : cleaned(withComments.toString().replace("'", ""));
    }

    /** @return the words, without blanks inside addresses */
    private static String joined(CharSequence words) {
        return words.toString()
                .replaceAll("(?<!\\s)\\s*+@\\s*+", "@")
                .replaceAll("(@[^\\s@]{1,100}+)\\s++\\.\\s*+", "$1.");
    }

    /** @return the address without blanks, and without a source route */
    private static String cleaned(String content) {
        String written = withoutComments(content).strip();
        String plain = MAILTO.matcher(written).replaceFirst("");
        if (!plain.equals(written)) {
            plain = plain.replaceFirst("\\?.*", "");
        }
        if (!plain.contains("\"")) {
            plain = plain.replaceAll("\\s", "");
        }
        if (plain.startsWith("@") && plain.contains(":")) {
            plain = plain.substring(plain.indexOf(':') + 1);
        }
        return stripped(plain.strip(), "'(", "'.,;)");
    }

    /** @return the text without such characters at its beginning and at its end, of which there may be thousands */
    private static String stripped(String text, String first, String last) {
        int from = 0;
        int to = text.length();
        while (from < to && first.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && last.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private static String withoutComments(String content) {
        StringBuilder plain = new StringBuilder(content.length());
        int depth = 0;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            depth += c == '(' ? 1 : 0;
            if (depth == 0) {
                plain.append(c);
            }
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return depth > 0 ? content : plain.toString();
    }
}
