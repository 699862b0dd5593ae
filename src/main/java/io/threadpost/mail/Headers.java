package io.threadpost.mail;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.threadpost.mail.HeaderBlock.Field;

/** The fields of a mail's header as text. */
final class Headers {
    private static final int MOST = 300;
    private static final int LONGEST = 4000;

    private final List<Field> fields;
    private final String charset;

    /** @param charset of what is neither encoded nor UTF-8; null when nobody knows */
    Headers(List<Field> fields, String charset) {
        this.fields = fields;
        this.charset = charset;
    }

    /** @param name in small letters @return the first one that says something, with its encoded words; empty when there is none */
    String raw(String name) {
        return all(name).filter(value -> !value.isBlank()).findFirst().orElse("");
    }

    /** @return the first one that says something, decoded, as one line; empty when there is none */
    String text(String name, int most) {
        return PlainText.line(EncodedWords.decode(raw(name)), most);
    }

    /** @return the first one's bytes as characters; null when there is none */
    String latin(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(field -> new String(field.value(), StandardCharsets.ISO_8859_1))
                .findFirst()
                .orElse(null);
    }

    /** @return decoded, by name in small letters; what stands there several times with a line for each, the topmost first */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.stream()
                .limit(MOST)
                .forEach(field -> texts.merge(
                        field.name(),
                        PlainText.line(EncodedWords.decode(decoded(field.value())), LONGEST),
                        (before, next) -> before + '\n' + next));
        return texts;
    }

    private Stream<String> all(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(field -> decoded(field.value()));
    }

    private String decoded(byte[] value) {
        String text = Charsets.decode(value);
        boolean plain = charset == null || new String(value, StandardCharsets.UTF_8).indexOf('\ufffd') < 0;
        return plain ? text : Charsets.decode(value, charset);
    }
}
