package io.threadpost.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The encoded words of a header (RFC 2047), also those that are broken: with blanks in them, without an end, in an unknown charset, or with a
 * character that begins in one word and ends in the next.
 */
final class EncodedWords {
    private static final Pattern WORD = Pattern.compile("=\\?([^?\\s]{0,60})\\?([bBqQ])\\?([^?]*)(?:\\?=|\\??$)");

    private EncodedWords() {}

    /** @return the text with what the words mean in their place; what is no word stays */
    static String decode(String text) {
        return decode(text, UnaryOperator.identity());
    }

    /** @param meaning what comes into the place of words that stand side by side, given what they mean */
    static String decode(String text, UnaryOperator<String> meaning) {
        Matcher word = WORD.matcher(text);
        StringBuilder all = new StringBuilder();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder row = new StringBuilder();
        String charset = null;
        int end = 0;
        while (word.find()) {
            String between = text.substring(end, word.start());
            String next = word.group(1).replaceFirst("\\*.*", "");
            boolean apart = charset == null || !between.isBlank();
            if (charset != null && (apart || !next.equalsIgnoreCase(charset))) {
                row.append(Charsets.decode(bytes.toByteArray(), charset));
                bytes.reset();
            }
            if (apart) {
                append(all, row, meaning);
                all.append(between);
            }
            charset = next;
            bytes.writeBytes(word.group(2).equalsIgnoreCase("b") ? base64(word.group(3)) : quoted(word.group(3), next));
            end = word.end();
        }
        if (charset == null) {
            return text;
        }
        row.append(Charsets.decode(bytes.toByteArray(), charset));
        append(all, row, meaning);
        return all.append(text.substring(end)).toString();
    }

    private static void append(StringBuilder all, StringBuilder row, UnaryOperator<String> meaning) {
        if (!row.isEmpty()) {
            String meant = row.toString();
            // Some programs encode what was encoded already.
            all.append(meaning.apply(WORD.matcher(meant).find() ? once(meant) : meant));
            row.setLength(0);
        }
    }

    private static String once(String text) {
        Matcher word = WORD.matcher(text);
        return word.replaceAll(found -> Matcher.quoteReplacement(Charsets.decode(
                found.group(2).equalsIgnoreCase("b") ? base64(found.group(3)) : quoted(found.group(3), found.group(1)),
                found.group(1))));
    }

    private static byte[] base64(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String part : text.replace('-', '+')
                .replace('_', '/')
                .replaceAll("[^A-Za-z0-9+/=]", "")
                .split("=+")) {
            int usable = part.length() % 4 == 1 ? part.length() - 1 : part.length();
            bytes.writeBytes(Base64.getDecoder().decode(part.substring(0, usable)));
        }
        return bytes.toByteArray();
    }

    private static byte[] quoted(String text, String charset) {
        Charset plain = Charsets.named(charset).filter(Charset::canEncode).orElse(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c == '=' && i + 2 < text.length()
                    ? 16 * Character.digit(text.charAt(i + 1), 16) + Character.digit(text.charAt(i + 2), 16)
                    : -1;
            if (value >= 0 && Character.digit(text.charAt(i + 2), 16) >= 0) {
                bytes.write(value);
                i += 2;
            } else if (c == '_') {
                bytes.write(' ');
            } else if (c < 128) {
                bytes.write(c);
            } else {
                int to = i + (Character.isHighSurrogate(c) && i + 1 < text.length() ? 2 : 1);
                bytes.writeBytes(text.substring(i, to).getBytes(plain));
                i = to - 1;
            }
        }
        return bytes.toByteArray();
    }
}
