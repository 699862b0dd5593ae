package io.threadpost.mail.mime;

import java.util.LinkedHashMap;
import java.util.Map;

import io.threadpost.text.PlainText;

/**
 * An attachment; its bytes are in the raw mail alone.
 *
 * @param name as its sender named it; empty without a name
 * @param type such as {@code image/png}
 * @param bytes its decoded size
 * @param inline whether it is shown within the text, as pictures are
 */
public record Attachment(String name, String type, long bytes, boolean inline) {
    private static final int LONGEST_NAME = 300;

    /** @return the name in the disposition, or else in the content type: one line; empty when neither has one */
    static String name(FieldParameters disposition, FieldParameters type) {
        String name = disposition.get("filename");
        for (String other : new String[] {disposition.get("name"), type.get("name"), type.get("filename")}) {
            name = name.isBlank() ? other : name;
        }
        return PlainText.line(name, LONGEST_NAME);
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("type", type);
        map.put("bytes", bytes);
        map.put("inline", inline);
        return map;
    }
}
