package io.threadpost.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The value of a field such as {@code Content-Type}, and its parameters: by RFC 2231, and as programs write them, with
 * blanks but no quotes, and with encoded words.
 */
final class FieldParameters {
    /** Longer fields are cut. */
    private static final int LONGEST = 16 * 1024;

    private static final int MOST = 500;

    private final String text;
    private final Map<String, TreeMap<Integer, Segment>> segments = new HashMap<>();
    private String value = "";

    /**
     * A part of a parameter's value.
     *
     * @param encoded whether it is percent-encoded
     */
    private record Segment(String content, boolean encoded) {}

    private FieldParameters(String text) {
        this.text = text;
        read();
    }

    /** @param field the field's raw value; null without one */
    static FieldParameters of(byte[] field) {
        return new FieldParameters(
                field == null
                        ? ""
                        : new String(field, 0, Math.min(field.length, LONGEST), StandardCharsets.ISO_8859_1));
    }

    /** @return the value before the parameters, in lower case; empty without one */
    String value() {
        return value;
    }

    /** @return a parameter, decoded; empty without one of that name */
    String get(String name) {
        TreeMap<Integer, Segment> all = segments.getOrDefault(name + "*", segments.get(name));
        if (all == null) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String charset = null;
        boolean encoded = false;
        for (Segment segment : all.values()) {
            String content = segment.content();
            if (segment.encoded()) {
                int language = encoded ? -1 : content.indexOf('\'');
                int end = language < 0 ? -1 : content.indexOf('\'', language + 1);
                if (end >= 0) {
                    charset = content.substring(0, language);
                    content = content.substring(end + 1);
                }
                encoded = true;
            }
            bytes.writeBytes(
                    segment.encoded() ? withoutPercents(content) : content.getBytes(StandardCharsets.ISO_8859_1));
        }
        return encoded
                ? TextDecoder.decode(bytes.toByteArray(), charset)
                : EncodedWords.decode(TextDecoder.decode(bytes.toByteArray()));
    }

    private void read() {
        int end = end(0);
        String first = text.substring(0, end).strip();
        int blank = 0;
        while (blank < first.length() && first.charAt(blank) > ' ' && "()<>@,:\"[]".indexOf(first.charAt(blank)) < 0) {
            blank++;
        }
        String word = first.substring(0, blank);
        if (word.indexOf('=') > 0) {
            parameter(0, end);
        } else {
            value = word.toLowerCase(Locale.ROOT);
            parameter(text.indexOf(first) + blank, end);
        }
        for (int i = 0; end < text.length() && i < MOST; i++) {
            int from = end + 1;
            end = end(from);
            parameter(from, end);
        }
    }

    /** @return the position of the next unquoted semicolon; the end without one */
    private int end(int from) {
        boolean value = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ';') {
                return i;
            } else if (c == '"' && value) {
                i = quoteEnd(i + 1);
            } else if (c > ' ') {
                value = c == '=';
            }
        }
        return text.length();
    }

    /** @return where the quotes that began before end */
    private int quoteEnd(int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return text.length();
    }

    private void parameter(int from, int to) {
        int equals = text.indexOf('=', from);
        if (equals < 0 || equals >= to) {
            return;
        }
        String name = text.substring(from, equals).strip().toLowerCase(Locale.ROOT);
        name = name.substring(name.lastIndexOf(' ') + 1);
        String content = text.substring(equals + 1, to).strip();
        if (content.startsWith("\"")) {
            content = unquoted(content);
        } else if (content.length() > 1 && content.startsWith("'") && content.endsWith("'")) {
            content = content.substring(1, content.length() - 1);
        }
        List<String> parts = new ArrayList<>(List.of(name.split("\\*", -1)));
        boolean encoded = parts.size() > 1 && parts.get(parts.size() - 1).isEmpty();
        int number = parts.size() > 1 && parts.get(1).matches("\\d{1,4}") ? Integer.parseInt(parts.get(1)) : -1;
        String key = parts.get(0) + (parts.size() > 1 ? "*" : "");
        segments.computeIfAbsent(key, first -> new TreeMap<>()).putIfAbsent(number, new Segment(content, encoded));
    }

    private static String unquoted(String content) {
        StringBuilder plain = new StringBuilder(content.length());
        for (int i = 1; i < content.length() && content.charAt(i) != '"'; i++) {
            char c = content.charAt(i);
            char next = i + 1 < content.length() ? content.charAt(i + 1) : 0;
            if (c == '\\' && (next == '"' || next == '\\')) {
                i++;
                plain.append(next);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static byte[] withoutPercents(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length());
        for (int i = 0; i < content.length(); i++) {
            int high = content.charAt(i) == '%' && i + 2 < content.length()
                    ? Character.digit(content.charAt(i + 1), 16)
                    : -1;
            int low = high < 0 ? -1 : Character.digit(content.charAt(i + 2), 16);
            if (low >= 0) {
                bytes.write(16 * high + low);
                i += 2;
            } else {
                bytes.write(content.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
