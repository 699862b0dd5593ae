package io.threadpost.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Decodes the encoded words of a header (RFC 2047) as mail programs do, including broken ones: with blanks or question
 * marks in them, without an end, in an unknown charset, or cut within a character or its base64.
 */
public final class EncodedWords {
    private static final int LONGEST_CHARSET = 60;

    private final String text;
    private final UnaryOperator<String> meaning;
    private final boolean again;
    private final StringBuilder all;
    private final StringBuilder row = new StringBuilder();
    /** Adjacent words with the same charset and encoding. */
    private final List<String> alike = new ArrayList<>();

    private Word last;

    /** @param again whether encoded words in decoded text are decoded, too */
    private EncodedWords(String text, UnaryOperator<String> meaning, boolean again) {
        this.text = text;
        this.meaning = meaning;
        this.again = again;
        this.all = new StringBuilder(text.length());
    }

    /**
     * An encoded word.
     *
     * @param end where the text continues
     */
    private record Word(String charset, boolean base64, String content, int start, int end) {
        boolean like(Word other) {
            return charset.equalsIgnoreCase(other.charset) && base64 == other.base64;
        }
    }

    /** @return the text with its encoded words decoded */
    public static String decode(String text) {
        return decode(text, UnaryOperator.identity());
    }

    /** @param meaning maps the decoded text of adjacent words to what replaces them */
    static String decode(String text, UnaryOperator<String> meaning) {
        return text.contains("=?") ? new EncodedWords(text, meaning, true).decoded() : text;
    }

    private String decoded() {
        int at = 0;
        for (int start = text.indexOf("=?"); start >= 0; ) {
            Word word = word(start);
            if (word == null) {
                start = text.indexOf("=?", start + 1);
                continue;
            }
            boolean apart = last == null || !blank(at, start);
            if (last != null && (apart || !word.like(last))) {
                mean();
            }
            if (apart) {
                ended();
                all.append(text, at, start);
            }
            alike.add(word.content());
            last = word;
            at = word.end();
            start = text.indexOf("=?", at);
        }
        if (last != null) {
            mean();
            ended();
        }
        return all.append(text, at, text.length()).toString();
    }

    private boolean blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void mean() {
        row.append(last.base64() ? base64() : quoted());
        alike.clear();
    }

    private void ended() {
        if (!row.isEmpty()) {
            String meant = row.toString();
            // Some programs encode twice.
            boolean twice = again && meant.contains("=?");
            all.append(
                    meaning.apply(twice ? new EncodedWords(meant, UnaryOperator.identity(), false).decoded() : meant));
            row.setLength(0);
        }
    }

    private Word word(int start) {
        int content = head(start);
        if (content < 0) {
            return null;
        }
        char encoding = text.charAt(content - 2);
        String charset = text.substring(start + 2, content - 3);
        int star = charset.indexOf('*');
        String plain = star < 0 ? charset : charset.substring(0, star);
        return encoding == 'b' || encoding == 'B' ? base64(plain, start, content) : quoted(plain, start, content);
    }

    /** @return where the content of the word at {@code start} begins; -1 when there is no word */
    private int head(int start) {
        int end = Math.min(text.length() - 2, start + 2 + LONGEST_CHARSET);
        int at = start + 2;
        boolean blank = false;
        while (at < end && text.charAt(at) != '?') {
            blank |= Character.isWhitespace(text.charAt(at));
            at++;
        }
        boolean head = at + 2 < text.length()
                && text.charAt(at) == '?'
                && "bBqQ".indexOf(text.charAt(at + 1)) >= 0
                && text.charAt(at + 2) == '?';
        // A program may fold the field within a charset's name.
        boolean named = head
                && (!blank
                        || !CharsetNames.tables(text.substring(start + 2, at)).isEmpty());
        return named ? at + 3 : -1;
    }

    private Word base64(String charset, int start, int content) {
        int end = text.indexOf('?', content);
        if (end < 0) {
            return new Word(charset, true, text.substring(content), start, text.length());
        }
        boolean closed = end + 1 < text.length() && text.charAt(end + 1) == '=';
        return closed || end + 1 == text.length()
                ? new Word(charset, true, text.substring(content, end), start, end + (closed ? 2 : 1))
                : null;
    }

    /**
     * A literal question mark may be in it, so {@code ?=} is the end only if what follows cannot belong to the word.
     * Without an end it extends to the next word.
     */
    private Word quoted(String charset, int start, int content) {
        int maybe = -1;
        for (int i = content; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean next = c == '=' && i + 1 < text.length() && text.charAt(i + 1) == '?';
            if (c == '?' && i + 1 < text.length() && text.charAt(i + 1) == '=') {
                if (!hex(i + 2) || !hex(i + 3)) {
                    return new Word(charset, false, text.substring(content, i), start, i + 2);
                }
                maybe = maybe < 0 ? i : maybe;
            } else if (maybe >= 0 && Character.isWhitespace(c)) {
                break;
            } else if (next && head(i) > 0) {
                return maybe >= 0
                        ? new Word(charset, false, text.substring(content, maybe), start, maybe + 2)
                        : new Word(charset, false, text.substring(content, i).stripTrailing(), start, i);
            }
        }
        if (maybe >= 0) {
            return new Word(charset, false, text.substring(content, maybe), start, maybe + 2);
        }
        int address = text.indexOf('<', content);
        int rest = address < 0 ? text.length() : address;
        int end = rest - (rest > content && text.charAt(rest - 1) == '?' ? 1 : 0);
        return new Word(charset, false, text.substring(content, end).stripTrailing(), start, rest);
    }

    private boolean hex(int at) {
        return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
    }

    /**
     * Either each word is a base64 text, or all are one that was cut anywhere: where bits would be left over they are
     * one, and otherwise whichever gives readable text counts.
     */
    private String base64() {
        ByteArrayOutputStream apart = new ByteArrayOutputStream();
        boolean cut = false;
        boolean torn = false;
        for (int i = 0; i < alike.size(); i++) {
            String content = alike.get(i);
            apart.writeBytes(Base64Decoder.decode(content));
            boolean open = i + 1 < alike.size() && !content.endsWith("=");
            cut |= open && digits(content).length % 4 != 0;
            torn |= open && torn(digits(content));
        }
        String each = TextDecoder.decode(apart.toByteArray(), last.charset());
        if (!cut) {
            return each;
        }
        String one = TextDecoder.decode(Base64Decoder.decode(String.join("", alike)), last.charset());
        long worse = senseless(one) - senseless(each);
        return worse < 0 || worse == 0 && torn ? one : each;
    }

    private static int[] digits(String content) {
        return content.chars()
                .map(Base64Decoder::digit)
                .filter(digit -> digit >= 0)
                .toArray();
    }

    /** @return whether the last digits hold bits of a byte that continues elsewhere */
    private static boolean torn(int[] digits) {
        int rest = digits.length % 4;
        return rest == 1 || rest > 1 && (digits[digits.length - 1] & (rest == 2 ? 15 : 3)) != 0;
    }

    private static long senseless(String text) {
        return text.chars()
                .filter(c -> c == '\ufffd' || Character.isISOControl(c))
                .count();
    }

    /** A program may have cut the text anywhere, also within what stands for a byte. */
    private String quoted() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        quoted(String.join("", alike), bytes);
        return TextDecoder.decode(bytes.toByteArray(), last.charset());
    }

    private void quoted(String content, ByteArrayOutputStream bytes) {
        Charset plain = null;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            int high = c == '=' && i + 2 < content.length() ? Character.digit(content.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(content.charAt(i + 2), 16);
            if (low >= 0) {
                bytes.write(16 * high + low);
                i += 2;
            } else if (c == '_') {
                bytes.write(' ');
            } else if (c < 128) {
                bytes.write(c);
            } else {
                plain = plain == null ? charset() : plain;
                int to = i + (Character.isHighSurrogate(c) && i + 1 < content.length() ? 2 : 1);
                bytes.writeBytes(content.substring(i, to).getBytes(plain));
                i = to - 1;
            }
        }
    }

    private Charset charset() {
        return CharsetNames.charset(last.charset()).filter(Charset::canEncode).orElse(StandardCharsets.UTF_8);
    }
}
