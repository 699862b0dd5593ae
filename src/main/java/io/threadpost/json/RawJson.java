package io.threadpost.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A JSON object, kept as the bytes it was received in. It is an unmodifiable {@link Map} of its fields, parsed on first
 * access, so that routes can say <code>${body[Subject]}</code>; its {@link #toString() text} is the JSON itself.
 * Numbers read as {@code Integer}, {@code Long}, {@code BigInteger} or {@code BigDecimal}, never as a rounded
 * {@code Double}.
 */
public final class RawJson extends AbstractMap<String, Object> {
    private static final ObjectReader FIELDS = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerForMapOf(Object.class);

    private final byte[] bytes;
    private final int from;
    private final int length;
    private final Map<String, String> texts;
    private Map<String, Object> fields;

    /** @param bytes a JSON object in UTF-8; not copied; the caller must not change them */
    public RawJson(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** A JSON object inside of a larger text. The bytes are not copied; the caller must not change them. */
    public RawJson(byte[] bytes, int from, int length) {
        this(bytes, from, length, Map.of());
    }

    /**
     * As {@link #RawJson(byte[], int, int)}, with some fields that its reader has parsed already.
     *
     * @param texts immutable; a field in it is read without parsing the others
     */
    public RawJson(byte[] bytes, int from, int length, Map<String, String> texts) {
        this.bytes = bytes;
        this.from = from;
        this.length = length;
        this.texts = texts;
    }

    /** @return the length of the JSON text in bytes */
    public int length() {
        return length;
    }

    /** Writes the JSON text as UTF-8. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, from, length);
    }

    /** Copies the JSON text as UTF-8 to that position. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, from, target, at, length);
    }

    /**
     * @return the JSON text as UTF-8, on one line: a line break outside of a string is white space, inside there is
     *     none
     */
    public RawJson onOneLine() {
        int end = from + length;
        int at = from;
        while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        if (at == end) {
            return this;
        }
        byte[] line = toBytes();
        for (int i = at - from; i < line.length; i++) {
            line[i] = line[i] == '\n' || line[i] == '\r' ? (byte) ' ' : line[i];
        }
        return new RawJson(line);
    }

    /**
     * Sets fields, and leaves everything else as it was written, digit by digit.
     *
     * @param changes values that JSON can hold, by field; a new field comes last
     * @return the changed JSON object
     * @throws IllegalArgumentException when the bytes are not a JSON object, or JSON cannot hold a value
     */
    public RawJson with(Map<String, ?> changes) {
        try {
            return new RawJson(new FieldSplice(toBytes()).with(changes));
        } catch (IOException e) {
            // Without the cause: Jackson quotes the source.
            throw new IllegalArgumentException("fields cannot be set in a JSON object of " + length + " bytes");
        }
    }

    /** @return the JSON text as UTF-8, a copy */
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /**
     * @return the fields in their order
     * @throws IllegalArgumentException when the bytes are not a JSON object
     */
    @Override
    public synchronized Set<Entry<String, Object>> entrySet() {
        return fields().entrySet();
    }

    @Override
    public Object get(Object key) {
        String text = key == null ? null : texts.get(key);
        return text == null ? parsed(key) : text;
    }

    private synchronized Object parsed(Object key) {
        return fields().get(key);
    }

    @Override
    public synchronized boolean containsKey(Object key) {
        return fields().containsKey(key);
    }

    /** @return the JSON text */
    @Override
    public String toString() {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    private Map<String, Object> fields() {
        if (fields == null) {
            try {
                fields = Collections.unmodifiableMap(FIELDS.readValue(bytes, from, length));
            } catch (IOException e) {
                // Without the cause: Jackson quotes the source.
                throw new IllegalArgumentException("not a JSON object of " + length + " bytes");
            }
        }
        return fields;
    }

    /**
     * Sets fields in the text of a JSON object: replaces the bytes of single values.
     *
     * @param text in UTF-8
     */
    private record FieldSplice(byte[] text) {
        private static final JsonMapper JSON = JsonMapper.builder().build();

        /** @throws IOException when the text is not a JSON object, or JSON cannot hold a value */
        byte[] with(Map<String, ?> changes) throws IOException {
            ByteArrayOutputStream changed = new ByteArrayOutputStream(text.length + 64);
            Map<String, Object> missing = new LinkedHashMap<>(changes);
            int copied = 0;
            int fields = 0;
            try (JsonParser parser = JSON.createParser(text)) {
                require(parser.nextToken() == JsonToken.START_OBJECT);
                for (; parser.nextToken() == JsonToken.FIELD_NAME; fields++) {
                    String name = parser.currentName();
                    parser.nextToken();
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    if (changes.containsKey(name)) {
                        changed.write(text, copied, start - copied);
                        changed.write(JSON.writeValueAsBytes(changes.get(name)));
                        copied = (int) parser.currentLocation().getByteOffset();
                        missing.remove(name);
                    }
                }
                require(parser.currentToken() == JsonToken.END_OBJECT);
                int brace = (int) parser.currentTokenLocation().getByteOffset();
                changed.write(text, copied, brace - copied);
                copied = brace;
            }
            for (Map.Entry<String, Object> field : missing.entrySet()) {
                String name = JSON.writeValueAsString(field.getKey());
                changed.write(((fields++ == 0 ? "" : ",") + name + ":").getBytes(StandardCharsets.UTF_8));
                changed.write(JSON.writeValueAsBytes(field.getValue()));
            }
            changed.write(text, copied, text.length - copied);
            return changed.toByteArray();
        }

        private static void require(boolean object) throws IOException {
            if (!object) {
                throw new IOException("not a JSON object");
            }
        }
    }
}
