package io.threadpost.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The addresses of a header: as the standard has them, and as people and programs write them. Where an address stands
 * in angle brackets, it is that one, whatever the name beside it looks like.
 */
final class AddressParser {
    private static final int MOST = 100;
    private static final int LONGEST = 10_000;
    private static final int LONGEST_NAME = 500;
    private static final Pattern MAILTO = Pattern.compile("(?i)^(?:mailto:|smtp:){1,3}");

    private final String text;
    /** Where the comment ends that begins in a place; 0 where none does. */
    private final int[] comments;

    private final List<Address> found = new ArrayList<>();
    /** A name that a comma parted from its address, as in {@code Novak, Jana <jana@guest.example>}. */
    private String nameBefore = "";

    private AddressParser(String text) {
        this.text = text;
        this.comments = comments(text);
    }

    /**
     * @param header its value, with encoded words in it
     * @return its addresses, those of groups among them; of a group without any, its name
     */
    static List<Address> of(String header) {
        AddressParser addressParser = new AddressParser(quotingWords(shortened(header)));
        addressParser.read();
        return addressParser.found.stream()
                .filter(address -> !address.text().isEmpty())
                .limit(MOST)
                .toList();
    }

    /** @return several in one line, as a person reads them */
    static String text(List<Address> addresses) {
        return addresses.stream().map(Address::text).collect(Collectors.joining(", "));
    }

    /** Behind so many addresses nobody looks any more. */
    private static String shortened(String header) {
        if (header.length() <= LONGEST) {
            return header;
        }
        int comma = header.lastIndexOf(',', LONGEST);
        return header.substring(0, comma > 0 ? comma : LONGEST);
    }

    /**
     * The words mean names, and a comma in them parts no addresses: so they are quoted, unless they stand in quotes
     * already.
     */
    private static String quotingWords(String header) {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= header.length(); i++) {
            boolean end = i == header.length();
            if (end || header.charAt(i) == '"' && (i == 0 || header.charAt(i - 1) != '\\')) {
                boolean inside = quoted;
                text.append(EncodedWords.decode(
                        header.substring(from, i), meant -> inside ? escaped(meant) : '"' + escaped(meant) + '"'));
                text.append(end ? "" : "\"");
                from = i + 1;
                quoted = !quoted;
            }
        }
        return text.toString();
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static int[] comments(String text) {
        int[] ends = new int[text.length()];
        int[] open = new int[text.length()];
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"' && depth == 0) {
                i = Math.max(i, quoteEnd(text, i));
            } else if (c == '(') {
                open[depth++] = i;
            } else if (c == ')' && depth > 0) {
                ends[open[--depth]] = i;
            }
        }
        return ends;
    }

    /** @return where the quotes end that begin there; -1 when they have no end */
    private static int quoteEnd(String text, int quote) {
        for (int i = quote + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private void read() {
        int lastSemicolon = text.lastIndexOf(';');
        Piece piece = new Piece();
        String group = "";
        int members = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                int end = piece.unclosed ? -1 : quoteEnd(text, i);
                piece.unclosed |= end < 0;
                if (end >= 0) {
                    piece.quoted(text.substring(i + 1, end), text.startsWith("@", end + 1));
                    i = end;
                }
            } else if (c == '(' && comments[i] > 0) {
                piece.comment(text.substring(i + 1, comments[i]));
                i = comments[i];
            } else if (c == '<') {
                if (piece.angle != null && piece.angle.contains("@")) {
                    // A comma is missing between two.
                    Piece next = piece.rest();
                    add(piece, false);
                    piece = next;
                }
                int end = angleEnd(i + 1);
                piece.angle(text.substring(i + 1, end));
                i = end < text.length() && text.charAt(end) == '>' ? end : end - 1;
            } else if (c == ',' || c == ';') {
                add(piece, c == ',');
                piece = new Piece();
                if (c == ';' && !group.isEmpty() && found.size() == members) {
                    found.add(Address.of(group, ""));
                }
                group = c == ';' ? "" : group;
            } else if (c == ':' && group.isEmpty() && piece.angle == null && lastSemicolon > i && groupBegins(i)) {
                group = piece.words.toString();
                members = found.size();
                piece = new Piece();
            } else if (c != '>' && c != '\\') {
                piece.raw(c);
            } else if (c == '\\' && i + 1 < text.length()) {
                piece.raw(text.charAt(++i));
            }
        }
        add(piece, false);
        if (!nameBefore.isEmpty()) {
            found.add(Address.of(nameBefore, ""));
        }
    }

    /** A colon behind {@code mailto} begins no group. */
    private boolean groupBegins(int colon) {
        return !text.substring(Math.max(0, colon - 6), colon)
                .toLowerCase(Locale.ROOT)
                .endsWith("mailto");
    }

    /** @return where the brackets end, at the latest where the next ones begin */
    private int angleEnd(int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '>' || c == '<') {
                return i;
            } else if (c == '"') {
                int end = quoteEnd(text, i);
                i = end < 0 || text.indexOf('>', i) >= 0 && text.indexOf('>', i) < end && text.indexOf('@', i) > end
                        ? i
                        : end;
            }
        }
        return text.length();
    }

    private void add(Piece piece, boolean comma) {
        if (piece.empty() || found.size() >= MOST) {
            return;
        }
        String plain = piece.address();
        String name = piece.name();
        if (plain.isEmpty() && comma && !name.isEmpty()) {
            boolean room = nameBefore.length() < LONGEST_NAME;
            nameBefore = nameBefore.isEmpty() ? name : room ? nameBefore + ", " + name : nameBefore;
        } else if (!nameBefore.isEmpty() && (piece.angle != null || plain.isEmpty())) {
            found.add(Address.of(name.isEmpty() ? nameBefore : nameBefore + ", " + name, plain));
            nameBefore = "";
        } else {
            if (!nameBefore.isEmpty()) {
                found.add(Address.of(nameBefore, ""));
                nameBefore = "";
            }
            if (!plain.isEmpty() || !name.isBlank()) {
                found.add(Address.of(name, plain));
            }
        }
    }

    /** What stands between two commas. */
    private static final class Piece {
        /** In place of an at sign that is part of a name, and of a blank that is part of an address. */
        private static final char AT = '\ufdd0';

        private static final char BLANK = '\ufdd1';

        private final StringBuilder words = new StringBuilder();
        private final StringBuilder withComments = new StringBuilder();
        private final StringBuilder behind = new StringBuilder();
        private String comment = "";
        private String angle;
        private boolean unclosed;
        private String bare;

        void raw(char c) {
            words.append(c);
            (angle == null ? withComments : behind).append(c);
        }

        boolean empty() {
            return words.isEmpty() && angle == null;
        }

        /** @return what stands behind the brackets, as the beginning of the next piece */
        Piece rest() {
            Piece next = new Piece();
            next.words.append(behind);
            next.withComments.append(behind);
            return next;
        }

        /** @param local whether it is the part of an address before the at sign */
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
                // A name in quotes is no address, unless nothing else is.
                words.append(' ').append(plain.toString().replace('@', AT)).append(' ');
            }
        }

        void comment(String said) {
            comment = comment.isEmpty() ? said : comment;
            words.append(' ');
            if (angle == null) {
                boolean apart = withComments.isEmpty()
                        || Character.isWhitespace(withComments.charAt(withComments.length() - 1));
                withComments
                        .append(apart ? "(" : " (")
                        .append(said.replace("\\", ""))
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
                String name = withComments.toString().strip();
                boolean only = name.startsWith("(") && name.endsWith(")") && name.equals("(" + comment + ")");
                return name.isEmpty() || only ? comment : name;
            }
            String plain = address().replace(' ', BLANK);
            if (plain.isEmpty()) {
                String name = words.toString().isBlank()
                        ? ""
                        : withComments.toString().strip();
                return angle == null ? name : name + " " + angle;
            }
            if (!comment.isEmpty()) {
                return comment;
            }
            String rest = joined().replace(AT, '@').replaceFirst("(?i)(?:mailto:)?" + Pattern.quote(plain), "");
            return rest.strip().replaceFirst(":$", "").replaceFirst("^:", "");
        }

        /** An address that stands there without brackets. */
        private String bare() {
            String all = joined();
            for (String word : all.split("[\\s\\[\\]]+")) {
                String plain = MAILTO.matcher(word).replaceFirst("").replaceFirst("^[^\"@]*:(?=[^:]*@)", "");
                int at = plain.lastIndexOf('@');
                if (at > 0 && at + 1 < plain.length()) {
                    return plain.replaceAll("^['.]+|['.]+$", "").replace(BLANK, ' ');
                }
            }
            int hidden = all.indexOf(AT);
            return hidden < 0 || !withComments.toString().strip().matches("'?[^\\s@]+@[^\\s@]+'?")
                    ? ""
                    : cleaned(withComments.toString().replace("'", ""));
        }

        /** With addresses in one piece. */
        private String joined() {
            return words.toString()
                    .replaceAll("(?<!\\s)\\s*+@\\s*+", "@")
                    .replaceAll("(@[^\\s@]{1,100}+)\\s++\\.\\s*+", "$1.");
        }

        /** Without blanks, and without the way that an address was to take once. */
        private static String cleaned(String content) {
            String plain = MAILTO.matcher(withoutComments(content).strip()).replaceFirst("");
            if (!plain.contains("\"")) {
                plain = plain.replaceAll("\\s", "");
            }
            if (plain.startsWith("@") && plain.contains(":")) {
                plain = plain.substring(plain.indexOf(':') + 1);
            }
            return plain.strip().replaceAll("^['.(]+|['.,;)]+$", "");
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
}
