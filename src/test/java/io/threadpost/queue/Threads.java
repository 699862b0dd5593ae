package io.threadpost.queue;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Threads as the platform writes them, and what is found of them in messages. */
final class Threads {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Threads() {}

    /** @param more a field that nobody knows; empty for none */
    static String json(String id, String updated, String subject, String more) throws Exception {
        return "{ \"Id\":\"" + id + "\", \"OriginalSender\":\"guest@example.com\",\"Subject\":"
                + JSON.writeValueAsString(subject) + ",\"CreatedUtc\":\"" + updated + "\",\"UpdatedUtc\":\"" + updated
                + "\",\"IsResolved\":false" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    static String json(String id) throws Exception {
        return json(id, "2026-11-22T10:00:00Z", "Hello", "");
    }

    static Map<String, Object> properties(Message message) throws JMSException {
        Map<String, Object> properties = new TreeMap<>();
        for (Object name : Collections.list(message.getPropertyNames())) {
            properties.put(name.toString(), message.getObjectProperty(name.toString()));
        }
        return properties;
    }
}
