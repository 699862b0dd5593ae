package io.threadpost.spool;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * An item of a spool.
 *
 * @param key identifies the effect: the same key twice is the same effect; at most 500 characters
 * @param connection the connection (hotel) it belongs to; null if none
 * @param headers message headers except Camel's; values are strings, numbers or booleans
 * @param body null, bytes, a string, {@link io.threadpost.json.RawJson}, or a Map or List that JSON can hold
 */
public record SpoolItem(String key, String connection, Map<String, Object> headers, Object body) {
    /** An index of PostgreSQL holds 2,704 bytes. */
    private static final int LONGEST_KEY = 500;

    /** A key that is too long for an index is replaced by its hash. */
    public SpoolItem {
        if (key != null && key.length() > LONGEST_KEY) {
            key = "long:" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        }
    }
}
