package io.threadpost.ops;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.threadpost.json.RawJson;
import io.threadpost.spool.DeadItems.Dead;
import io.threadpost.spool.SpoolItem;

/**
 * A dead item with its content, secrets redacted.
 *
 * @param item as it is listed
 * @param headers its message headers
 * @param body as text, JSON as it was written; bytes that are no text in Base64; null when it has none, or cannot be
 *     read
 * @param base64 whether the body is in Base64
 * @param cut whether the body is only the beginning of a longer one
 */
public record DeadItemView(Dead item, Map<String, Object> headers, String body, boolean base64, boolean cut) {
    /** The most bytes, or characters, of a body that are shown. */
    private static final int MOST = 256 * 1024;

    private static final JsonMapper JSON = new JsonMapper();

    static DeadItemView of(Dead dead, Optional<SpoolItem> content, RedactedText redactedText) {
        if (content.isEmpty()) {
            return new DeadItemView(dead, Map.of(), null, false, false);
        }
        Map<String, Object> headers = new TreeMap<>();
        content.get()
                .headers()
                .forEach((name, value) ->
                        headers.put(name, value instanceof String text ? redactedText.clean(text) : value));
        Object body = content.get().body();
        if (body instanceof byte[] bytes) {
            Optional<String> text = text(bytes);
            if (text.isEmpty()) {
                return binary(dead, headers, bytes, redactedText);
            }
            body = text.get();
        }
        String whole = body == null ? null : redactedText.clean(text(body));
        boolean cut = whole != null && whole.length() > MOST;
        return new DeadItemView(dead, headers, cut ? whole.substring(0, MOST) : whole, false, cut);
    }

    private static DeadItemView binary(
            Dead dead, Map<String, Object> headers, byte[] bytes, RedactedText redactedText) {
        // A character for each byte: redaction finds a secret in it, and changes nothing else.
        byte[] clean = redactedText
                .clean(new String(bytes, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        boolean cut = clean.length > MOST;
        ByteBuffer shown =
                ByteBuffer.wrap(clean, 0, Math.min(MOST, clean.length)).slice();
        byte[] base64 = Base64.getEncoder().encode(shown).array();
        return new DeadItemView(dead, headers, new String(base64, StandardCharsets.ISO_8859_1), true, cut);
    }

    private static String text(Object body) {
        if (body instanceof RawJson || !(body instanceof Map || body instanceof Iterable)) {
            return body.toString();
        }
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            return body.toString();
        }
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
