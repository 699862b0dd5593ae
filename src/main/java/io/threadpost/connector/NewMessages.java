package io.threadpost.connector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The messages of one {@code messages/add}, each with its {@code Identifier}: without it the answer could not be
 * matched.
 *
 * @param messages each as the platform takes it
 * @param identifiers in the order of the messages
 */
record NewMessages(List<Map<String, Object>> messages, List<String> identifiers) {
    private static final String BODY =
            "messages/add: the body must be a map of MessageThreadId and Text," + " or a list of 1 to 1000 such maps";

    /**
     * @param body a map of one message's properties, a list of such maps or {@link NewMessage}s, or a map with that
     *     list as {@code Messages}
     * @throws IllegalArgumentException when it is something else; the message quotes nothing of it
     */
    static NewMessages of(Object body) {
        Object given = body instanceof Map<?, ?> map && map.get("Messages") != null ? map.get("Messages") : body;
        List<?> list = given instanceof List<?> several ? several : List.of(given == null ? "" : given);
        if (list.isEmpty() || list.size() > MessageQuery.MOST) {
            throw new IllegalArgumentException(BODY);
        }
        List<Map<String, Object>> messages = new ArrayList<>();
        List<String> identifiers = new ArrayList<>();
        Set<String> distinct = new HashSet<>();
        for (Object each : list) {
            Map<String, Object> message = message(each);
            String identifier = String.valueOf(message.getOrDefault("Identifier", messages.size()));
            message.put("Identifier", identifier);
            if (!distinct.add(identifier)) {
                throw new IllegalArgumentException("messages/add: two messages have the same Identifier");
            }
            messages.add(message);
            identifiers.add(identifier);
        }
        return new NewMessages(messages, identifiers);
    }

    Map<String, Object> toRequest() {
        return Map.of("Messages", messages);
    }

    private static Map<String, Object> message(Object each) {
        if (each instanceof NewMessage newMessage) {
            return newMessage.toRequest();
        }
        if (!(each instanceof Map<?, ?> map) || map.get("MessageThreadId") == null || map.get("Text") == null) {
            throw new IllegalArgumentException(BODY);
        }
        Map<String, Object> message = new LinkedHashMap<>();
        map.forEach((name, value) -> message.put(String.valueOf(name), value));
        message.values().removeIf(Objects::isNull);
        return message;
    }
}
