package io.threadpost.person;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.threadpost.mail.mime.EncodedWords;

/**
 * Masks a person in a mail, byte by byte, so that all else stays as it is: in header fields, with their encoded words,
 * and in bodies, with Base64 and quoted-printable. What is compressed in an attachment is not looked into.
 */
final class MailMask {
    private static final Pattern ENCODING = Pattern.compile(
            "(?im)^content-transfer-encoding:\\s*\"?(base64|quoted-printable)\"?[ \\t]*(?:[;(].*)?\\r?$");
    private static final Pattern HEADER_END = Pattern.compile("\\r?\\n\\r?\\n");
    private static final Pattern BASE64_LINE = Pattern.compile("[A-Za-z0-9+/=]+[ \\t]*\\r?");
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"\\r\\n]+)\"|([^\\s;\"]+))");
    /** Mail programs ignore longer ones. */
    private static final int LONGEST_BOUNDARY = 70;

    private static final Pattern WORD = Pattern.compile("=\\?[^?\\s]+\\?[BbQq]\\?[^?\\r\\n]*\\?=");
    private static final char MASK = 'x';

    private final PersonMatcher matcher;

    MailMask(PersonMatcher matcher) {
        this.matcher = matcher;
    }

    /** @return whether the mail has the address, or one of the other texts */
    boolean finds(byte[] mail) {
        return mask(mail) != mail;
    }

    /** @return the same array when there was nothing to mask */
    byte[] mask(byte[] mail) {
        String text = new String(mail, StandardCharsets.ISO_8859_1);
        String masked = mask(text);
        return masked.equals(text) ? mail : masked.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String mask(String mail) {
        StringBuilder masked = new StringBuilder(mail.length());
        Set<String> boundaries = null;
        Matcher encoding = ENCODING.matcher(mail);
        Matcher end = HEADER_END.matcher(mail);
        int ends = -1;
        int copied = 0;
        while (encoding.find()) {
            if (encoding.start() < copied) {
                continue;
            }
            int from = encoding.end() - (mail.charAt(encoding.end() - 1) == '\r' ? 1 : 0);
            // A header may have the field very often.
            if (ends < from) {
                if (!end.find(from)) {
                    break;
                }
                ends = end.start();
            }
            masked.append(plain(mail.substring(copied, end.end())));
            if (encoding.group(1).equalsIgnoreCase("base64")) {
                copied = base64End(mail, end.end());
                masked.append(base64(mail.substring(end.end(), copied)));
            } else {
                boundaries = boundaries == null ? boundaries(mail) : boundaries;
                copied = quotedEnd(mail, end.end(), boundaries);
                masked.append(quoted(mail.substring(end.end(), copied)));
            }
        }
        return masked.append(plain(mail.substring(copied))).toString();
    }

    private static Set<String> boundaries(String mail) {
        return BOUNDARY.matcher(mail)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .filter(boundary -> boundary.length() <= LONGEST_BOUNDARY)
                .collect(Collectors.toSet());
    }

    private static int base64End(String mail, int from) {
        int at = from;
        while (at < mail.length()) {
            int line = lineEnd(mail, at);
            String content = mail.substring(at, line).replace("\n", "");
            if (!content.isBlank() && !BASE64_LINE.matcher(content).matches()) {
                return at;
            }
            at = line;
        }
        return at;
    }

    private static int quotedEnd(String mail, int from, Set<String> boundaries) {
        int at = from;
        while (at < mail.length() && !(mail.startsWith("--", at) && begins(mail, at + 2, boundaries))) {
            at = lineEnd(mail, at);
        }
        return at;
    }

    /** There may be as many boundaries as lines. */
    private static boolean begins(String mail, int at, Set<String> boundaries) {
        int most = Math.min(mail.length() - at, LONGEST_BOUNDARY);
        return IntStream.rangeClosed(1, most).anyMatch(length -> boundaries.contains(mail.substring(at, at + length)));
    }

    private static int lineEnd(String mail, int from) {
        int end = mail.indexOf('\n', from);
        return end < 0 ? mail.length() : end + 1;
    }

    private String plain(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        Matcher word = WORD.matcher(text);
        int copied = 0;
        for (boolean found = word.find(); found; ) {
            int start = word.start();
            int end = word.end();
            found = word.find();
            while (found && blank(text, end, word.start())) {
                end = word.end();
                found = word.find();
            }
            // As one text, since a name may be cut between two of them.
            String words = text.substring(start, end);
            if (matcher.findsAny(EncodedWords.decode(words))) {
                masked.append(text, copied, start).append(words.replaceAll("\\S+", String.valueOf(MASK)));
                copied = end;
            }
        }
        return covered(masked.append(text.substring(copied)).toString());
    }

    /** @return whether there is white space, and nothing else */
    private static boolean blank(String text, int from, int to) {
        return from < to && text.substring(from, to).isBlank();
    }

    private String covered(String text) {
        List<int[]> ranges = matcher.ranges(text);
        if (ranges.isEmpty()) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text);
        for (int[] range : ranges) {
            for (int i = range[0]; i < range[1]; i++) {
                masked.setCharAt(i, MASK);
            }
        }
        return masked.toString();
    }

    private String base64(String lines) {
        byte[] decoded;
        try {
            decoded = Base64.getMimeDecoder().decode(lines.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return plain(lines);
        }
        String content = new String(decoded, StandardCharsets.ISO_8859_1);
        // A mail as an attachment has encodings of its own.
        String masked = ENCODING.matcher(content).find() ? mask(content) : covered(content);
        if (masked.equals(content)) {
            return lines;
        }
        String encoded = Base64.getEncoder().encodeToString(masked.getBytes(StandardCharsets.ISO_8859_1));
        return wrapped(encoded, lines);
    }

    /** @param before the same number of characters is put on each line as here */
    private static String wrapped(String encoded, String before) {
        int end = before.indexOf('\n');
        String lineEnd = end < 0 ? "" : end > 0 && before.charAt(end - 1) == '\r' ? "\r\n" : "\n";
        int width = end < 0 ? encoded.length() : Math.max(4, end - lineEnd.length() + 1);
        StringBuilder lines = new StringBuilder(encoded.length() + encoded.length() / width * 2 + 4);
        for (int at = 0; at < encoded.length(); at += width) {
            lines.append(encoded, at, Math.min(encoded.length(), at + width)).append(lineEnd);
        }
        String tail = before.substring(before.stripTrailing().length());
        return tail.length() > lineEnd.length()
                ? lines.append(tail.substring(lineEnd.length())).toString()
                : lines.toString();
    }

    private String quoted(String lines) {
        StringBuilder decoded = new StringBuilder(lines.length());
        List<int[]> places = new ArrayList<>();
        for (int at = 0; at < lines.length(); ) {
            int length = 1;
            char c = lines.charAt(at);
            if (c == '=') {
                Matcher soft = SOFT.matcher(lines).region(at, lines.length());
                if (soft.lookingAt()) {
                    at = soft.end();
                    continue;
                }
                int value = at + 2 < lines.length() ? hex(lines, at + 1) : -1;
                length = value < 0 ? 1 : 3;
                c = value < 0 ? c : (char) value;
            }
            decoded.append(c);
            places.add(new int[] {at, at + length});
            at += length;
        }
        List<int[]> ranges = matcher.ranges(decoded);
        if (ranges.isEmpty()) {
            return lines;
        }
        StringBuilder masked = new StringBuilder(lines.length());
        int copied = 0;
        for (int[] range : ranges) {
            for (int i = range[0]; i < range[1]; i++) {
                masked.append(lines, copied, places.get(i)[0]).append(MASK);
                copied = places.get(i)[1];
            }
        }
        return masked.append(lines.substring(copied)).toString();
    }

    private static final Pattern SOFT = Pattern.compile("=[ \\t]*\\r?\\n");

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
