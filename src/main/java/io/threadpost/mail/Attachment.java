package io.threadpost.mail;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that came with a mail; its bytes are in the raw mail alone.
 *
 * @param name as its sender named it; empty when it has none
 * @param type such as {@code image/png}
 * @param bytes how large it is, decoded
 * @param inline whether it is shown within the text, as pictures are
 */
record Attachment(String name, String type, long bytes, boolean inline) {
    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("type", type);
        map.put("bytes", bytes);
        map.put("inline", inline);
        return map;
    }
}
