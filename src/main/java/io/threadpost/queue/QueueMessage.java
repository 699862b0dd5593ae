package io.threadpost.queue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.settings.Connection;
import io.threadpost.settings.Settings;

/**
 * The step {@code queueMessage}: a thread as a message. Its body are the bytes that the platform wrote. What brokers can filter by are
 * properties with plain names. Whatever other headers there were are gone, so that the same version is the same message each time.
 */
@Singleton
@Unremovable
@Named("queueMessage")
final class QueueMessage implements Processor {
    private static final List<String> FIELDS =
            List.of("Id", "OriginalSender", "Subject", "CreatedUtc", "UpdatedUtc", "IsResolved");
    /** Characters of a property: some brokers allow 64 KiB for all of them. The body has the whole text. */
    private static final int LONGEST = 1000;
    /** Characters of a message id that Azure Service Bus takes. */
    private static final int LONGEST_ID = 128;

    private final Map<String, String> enterprises = new HashMap<>();

    QueueMessage(Settings settings) {
        for (Connection connection : settings.connections()) {
            if (connection.enterpriseIds().size() == 1) {
                enterprises.put(connection.name(), connection.enterpriseIds().get(0));
            }
        }
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        if (!(message.getBody() instanceof Map<?, ?> thread)) {
            throw new IllegalArgumentException(
                    "queueMessage needs one thread, a map of its fields; read from spool:NAME without the parameter batch");
        }
        String key = message.getHeader("ThreadpostKey", String.class);
        String connection = message.getHeader("ThreadpostConnection", String.class);
        byte[] json = message.getBody(byte[].class);
        message.removeHeaders("*");
        message.setBody(json);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader(Stamp.DUPLICATE_ID, id(connection, key));
        property(message, "Connection", connection);
        property(message, "EnterpriseId", enterprises.get(connection));
        FIELDS.forEach(field -> property(message, field, thread.get(field)));
    }

    /** The same for a version of a thread each time. */
    private static String id(String connection, String key) {
        String id = connection + ":" + key;
        return id.length() <= LONGEST_ID
                ? id
                : UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static void property(Message message, String name, Object value) {
        if (value instanceof Boolean) {
            message.setHeader(name, value);
        } else if (value != null) {
            message.setHeader(name, PropertyText.of(value.toString(), LONGEST));
        }
    }
}
