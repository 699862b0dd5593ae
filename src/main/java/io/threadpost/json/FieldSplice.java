package io.threadpost.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Sets fields in the text of a JSON object: replaces the bytes of single values.
 *
 * @param text in UTF-8
 */
record FieldSplice(byte[] text) {
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
            throw new IOException("no JSON object");
        }
    }
}
