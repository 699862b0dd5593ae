package io.threadpost.connector;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A message to add to a thread.
 *
 * @param threadId of a thread that this client created
 * @param text at least one character
 * @param identifier tells the messages of one request apart; the platform echoes it and does not store it
 */
public record NewMessage(String threadId, String text, String identifier) {
    /** @throws IllegalArgumentException when the text is empty */
    public NewMessage {
        Objects.requireNonNull(threadId);
        Objects.requireNonNull(identifier);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("messages/add: the text of a message is empty");
        }
    }

    Map<String, Object> toRequest() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("MessageThreadId", threadId);
        request.put("Text", text);
        request.put("Identifier", identifier);
        return request;
    }
}
