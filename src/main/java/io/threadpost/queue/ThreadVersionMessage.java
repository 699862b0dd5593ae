package io.threadpost.queue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.camel.Message;

import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;
import io.threadpost.spool.RejectedItemException;
import io.threadpost.spool.SpoolConstants;

/**
 * A version of a thread as a message for brokers.
 *
 * @param thread its fields
 * @param id the same for this version each time
 * @param properties for filters: booleans, and text of limited length
 * @param json the platform's bytes
 */
record ThreadVersionMessage(Map<?, ?> thread, String id, Map<String, Object> properties, byte[] json) {
    private static final List<String> FIELDS =
            List.of("Id", "OriginalSender", "Subject", "CreatedUtc", "UpdatedUtc", "IsResolved");
    /** Characters of a property: some brokers allow 64 KiB for all of them. The body has the whole text. */
    private static final int LONGEST = 1000;
    /** Characters of a message id that Azure Service Bus takes. */
    private static final int LONGEST_ID = 128;

    /** The enterprise of each connection that pulls exactly one, for items that do not say whose they are. */
    static Map<String, String> enterprises(Settings settings) {
        Map<String, String> enterprises = new HashMap<>();
        for (ConnectionSettings connectionSettings : settings.connections()) {
            if (connectionSettings.enterpriseIds().size() == 1) {
                enterprises.put(
                        connectionSettings.name(),
                        connectionSettings.enterpriseIds().get(0));
            }
        }
        return enterprises;
    }

    /**
     * @param step the step's name, for the failure's text
     * @throws RejectedItemException if the body is not a thread
     * @throws IllegalArgumentException if it is a list
     */
    static ThreadVersionMessage of(Message message, Map<String, String> enterprises, String step) {
        if (message.getBody() instanceof List) {
            throw new IllegalArgumentException(
                    step + " needs one thread, and this is a list; read from spool:NAME without the parameter batch");
        }
        if (!(message.getBody() instanceof Map<?, ?> thread)) {
            throw new RejectedItemException(step + " needs a thread, a map of its fields; the body is not one");
        }
        String connection = message.getHeader(SpoolConstants.CONNECTION, String.class);
        String id = id(connection, message.getHeader(SpoolConstants.KEY, String.class));
        Map<String, Object> properties = new LinkedHashMap<>();
        put(properties, "Connection", connection);
        String enterprise = message.getHeader(SpoolConstants.ENTERPRISE, String.class);
        put(properties, "EnterpriseId", enterprise == null ? enterprises.get(connection) : enterprise);
        FIELDS.forEach(field -> put(properties, field, thread.get(field)));
        return new ThreadVersionMessage(thread, id, properties, message.getBody(byte[].class));
    }

    private static String id(String connection, String key) {
        String id = connection + ":" + key;
        return id.length() <= LONGEST_ID
                ? id
                : UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static void put(Map<String, Object> properties, String name, Object value) {
        if (value instanceof Boolean) {
            properties.put(name, value);
        } else if (value != null) {
            properties.put(name, cut(value.toString()));
        }
    }

    /** Does not split a surrogate pair: UTF-8 has no half characters. */
    private static String cut(String text) {
        int end = Math.min(text.length(), LONGEST);
        boolean halved = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
        byte[] bytes = text.substring(0, halved ? end - 1 : end).getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
