package io.threadpost.mail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the addresses of a header field: by the standard, and as people and programs write them. An address in angle
 * brackets counts, whatever the name beside it looks like.
 */
public final class AddressParser {
    private static final int MOST = 100;
    private static final int LONGEST = 10_000;
    private static final int LONGEST_NAME = 500;
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@<>()\\[\\]\",;:]{1,100}+@[^\\s@<>()\\[\\]\",;:]{1,100}+");

    private static final Pattern WORD = Pattern.compile("=\\?[^?\\s]{1,60}\\?[bBqQ]\\?");

    private final String text;
    /** By the position where a comment begins, where it ends; 0 elsewhere. */
    private final int[] comments;

    private final List<Address> found = new ArrayList<>();
    /** A name separated from its address, as in {@code Novak, Jana <jana@guest.example>}, with the separator. */
    private String nameBefore = "";

    private AddressParser(String text) {
        this.text = text;
        this.comments = comments(text);
    }

    /**
     * @param header the field's value, with its encoded words
     * @return its addresses, including those of groups; of an empty group, its name
     */
    public static List<Address> parse(String header) {
        String text = withoutEntities(shortened(header));
        List<Address> addresses = read(quotingWords(text));
        boolean none = addresses.stream().allMatch(address -> address.plain().isEmpty());
        return none ? hidden(text, addresses) : addresses;
    }

    private static List<Address> read(String text) {
        AddressParser addresses = new AddressParser(text);
        addresses.read();
        return addresses.found.stream()
                .filter(address -> !address.text().isEmpty())
                .limit(MOST)
                .toList();
    }

    /**
     * Some programs quote or encode a name together with its address, or write the address as a comment; people write
     * wide brackets.
     */
    private static List<Address> hidden(String header, List<Address> without) {
        String text =
                EncodedWords.decode(header).replace('＜', '<').replace('＞', '>').replace('＠', '@');
        return ADDRESS.matcher(text)
                                .results()
                                .map(MatchResult::group)
                                .distinct()
                                .count()
                        == 1
                ? read(text.replaceAll("[\"()]", " "))
                : without;
    }

    /** Some forms on web pages escape the field for HTML. */
    private static String withoutEntities(String header) {
        return header.contains("&lt;") && header.indexOf('<') < 0
                ? header.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&")
                : header;
    }

    /** Cuts overlong fields at a comma. */
    private static String shortened(String header) {
        if (header.length() <= LONGEST) {
            return header;
        }
        int comma = header.lastIndexOf(',', LONGEST);
        return header.substring(0, comma > 0 ? comma : LONGEST);
    }

    /**
     * Decodes encoded words, and quotes them unless they are quoted or in a comment: they are names, and a comma in
     * them separates no addresses.
     */
    private static String quotingWords(String header) {
        StringBuilder text = new StringBuilder();
        int[] comments = comments(header);
        boolean quoted = false;
        int from = 0;
        int wordEnd = 0;
        for (int i = 0; i <= header.length(); i++) {
            boolean end = i == header.length();
            wordEnd = i < wordEnd ? wordEnd : wordEnd(header, i);
            if (!end && !quoted && i >= wordEnd && comments[i] > 0) {
                text.append(quotingWords(header.substring(from, i)));
                text.append(EncodedWords.decode(header.substring(i, comments[i]), AddressParser::inComment));
                i = comments[i];
                from = i;
            } else if (end || header.charAt(i) == '"' && (i == 0 || header.charAt(i - 1) != '\\')) {
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

    /** @return where the encoded word that begins there ends; 0 when none begins */
    private static int wordEnd(String header, int at) {
        Matcher word = WORD.matcher(header).region(at, header.length());
        if (!header.startsWith("=?", at) || !word.lookingAt()) {
            return 0;
        }
        int end = header.indexOf("?=", word.end());
        return end < 0 ? header.length() : end;
    }

    private static String inComment(String text) {
        return text.replaceAll("[\\\\()]", "\\\\$0");
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

    /** @return where the quotes that begin there end; -1 without an end */
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
        AddressPiece piece = new AddressPiece();
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
                    // A missing comma between two.
                    AddressPiece next = piece.rest();
                    add(piece, "");
                    piece = next;
                }
                int end = angleEnd(i + 1);
                piece.angle(text.substring(i + 1, end));
                i = end < text.length() && text.charAt(end) == '>' ? end : end - 1;
            } else if (c == ',' && piece.addressInName() && nameContinues(i)) {
                piece.raw(c);
            } else if (c == ',' || c == ';') {
                add(piece, c == ',' ? ", " : group.isEmpty() ? "; " : "");
                piece = new AddressPiece();
                if (c == ';' && !group.isEmpty() && found.size() == members) {
                    found.add(Address.of(group, ""));
                }
                group = c == ';' ? "" : group;
            } else if (c == ':' && group.isEmpty() && piece.angle == null && lastSemicolon > i && groupBegins(i)) {
                group = piece.words.toString();
                members = found.size();
                piece = new AddressPiece();
            } else if (c != '>' && c != '\\') {
                piece.raw(c);
            } else if (c == '\\' && i + 1 < text.length()) {
                piece.raw(text.charAt(++i));
            }
        }
        add(piece, "");
        if (!nameBefore.isEmpty()) {
            found.add(Address.of(nameAlone(), ""));
        }
    }

    /** @return whether the next address is in brackets, and no other is before it */
    private boolean nameContinues(int comma) {
        int angle = text.indexOf('<', comma);
        return angle > 0 && text.substring(comma, angle).indexOf('@') < 0;
    }

    /** A colon after {@code mailto} begins no group. */
    private boolean groupBegins(int colon) {
        return !text.substring(Math.max(0, colon - 6), colon)
                .toLowerCase(Locale.ROOT)
                .endsWith("mailto");
    }

    /** @return where the brackets end, or the next ones begin */
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

    /** @param separator what follows; empty for the end of the field or of a group */
    private void add(AddressPiece piece, String separator) {
        if (piece.empty() || found.size() >= MOST) {
            return;
        }
        String plain = piece.address();
        String name = piece.name();
        if (plain.isEmpty() && !separator.isEmpty() && !name.isEmpty()) {
            boolean room = nameBefore.length() < LONGEST_NAME;
            nameBefore = nameBefore.isEmpty() || room ? nameBefore + name + separator : nameBefore;
        } else if (!nameBefore.isEmpty() && (piece.angle != null || plain.isEmpty())) {
            found.add(Address.of(name.isEmpty() ? nameAlone() : nameBefore + name, plain));
            nameBefore = "";
        } else {
            if (!nameBefore.isEmpty()) {
                found.add(Address.of(nameAlone(), ""));
                nameBefore = "";
            }
            if (!plain.isEmpty() || !name.isBlank()) {
                found.add(Address.of(name, plain));
            }
        }
    }

    private String nameAlone() {
        return nameBefore.substring(0, nameBefore.length() - 2);
    }
}
