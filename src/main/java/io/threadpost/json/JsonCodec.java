package io.threadpost.json;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Maps and lists as JSON text and back: whatever can be written can be read back, however long, and numbers keep their
 * digits.
 */
public final class JsonCodec {
    private static final StreamReadConstraints UNLIMITED = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(UNLIMITED).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonCodec() {}

    /** @throws IllegalArgumentException when JSON cannot hold the value, in one line for people */
    public static byte[] encode(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** @return maps, lists, strings, numbers and booleans; null for JSON's {@code null} */
    public static Object decode(byte[] text) throws IOException {
        return JSON.readValue(text, Object.class);
    }
}
