package io.threadpost.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;

import io.threadpost.mail.HeaderBlock.Field;
import io.threadpost.text.PlainText;

/** The fields of a mail's header as text. */
final class Headers {
    private static final int MOST = 300;
    private static final int LONGEST = 4000;
    /** Of a field no more is looked at. */
    private static final int LONGEST_FIELD = 1 << 14;
    /** All fields together. */
    private static final int LONGEST_ALL = 200_000;

    private final List<Field> fields;
    private final String charset;

    /** @param charset of what is neither encoded nor UTF-8; null when nobody knows */
    Headers(List<Field> fields, String charset) {
        this.fields = fields;
        this.charset = charset;
    }

    /**
     * @param name in small letters @return the first one that says something, with its encoded words; empty when there
     *     is none
     */
    String raw(String name) {
        return all(name).filter(value -> !value.isBlank()).findFirst().orElse("");
    }

    /** @return the first one that says something, decoded, as one line; empty when there is none */
    String text(String name, int most) {
        return PlainText.line(EncodedWords.decode(raw(name)), most);
    }

    /**
     * @return decoded, by name in small letters; what stands there several times with a line for each, the topmost
     *     first
     */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, StringJoiner> joined = new LinkedHashMap<>();
        int left = LONGEST_ALL;
        for (Field field : fields.subList(0, Math.min(fields.size(), MOST))) {
            String text = PlainText.line(EncodedWords.decode(decoded(field.value())), Math.min(left, LONGEST));
            joined.computeIfAbsent(field.name(), name -> new StringJoiner("\n")).add(text);
            left -= text.length();
        }
        joined.forEach((name, lines) -> texts.put(name, lines.toString()));
        return texts;
    }

    private Stream<String> all(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(field -> decoded(field.value()));
    }

    private String decoded(byte[] whole) {
        byte[] value = whole.length <= LONGEST_FIELD ? whole : Arrays.copyOf(whole, LONGEST_FIELD);
        String text = TextDecoder.decode(value);
        boolean plain = charset == null || new String(value, StandardCharsets.UTF_8).indexOf('\ufffd') < 0;
        return plain ? text : TextDecoder.decode(value, charset);
    }
}
