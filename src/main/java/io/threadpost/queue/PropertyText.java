package io.threadpost.queue;

import java.nio.charset.StandardCharsets;

/** Text of a property: cut where it is long, and without halves of characters, which cannot be written in UTF-8. */
final class PropertyText {
    private PropertyText() {}

    static String of(String text, int longest) {
        int end = Math.min(text.length(), longest);
        boolean halved = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        byte[] bytes = text.substring(0, halved ? end - 1 : end).getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
