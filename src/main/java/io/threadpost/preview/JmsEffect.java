package io.threadpost.preview;

import java.io.Serializable;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;

import org.apache.camel.Exchange;
import org.apache.camel.component.jms.DefaultJmsKeyFormatStrategy;
import org.apache.camel.component.jms.JmsConstants;
import org.apache.camel.component.jms.JmsHeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Records the message that {@code amqp:} would send; what Camel or the client rejects fails as there. */
final class JmsEffect {
    private static final Set<Class<?>> VALUES = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            byte[].class);

    private JmsEffect() {}

    static void record(EffectRecorder recorder, EndpointCall call) throws JMSException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("destination", destination(call));
        fields.put("id", call.header("_AMQ_DUPL_ID", null));
        fields.put("contentType", call.header(Exchange.CONTENT_TYPE, null));
        fields.put("type", call.header("JMSType", null));
        fields.put("correlationId", call.header("JMSCorrelationID", null));
        fields.put("properties", properties(call));
        fields.put("body", body(call));
        recorder.effect("message", fields);
    }

    /** A header names another queue, for one message. */
    private static String destination(EndpointCall call) {
        String name = call.header(JmsConstants.JMS_DESTINATION_NAME, null);
        call.exchange().getMessage().removeHeader(JmsConstants.JMS_DESTINATION_NAME);
        return name == null ? call.path() : name.matches("(queue|topic):.*") ? name : "queue:" + name;
    }

    private static Map<String, Object> properties(EndpointCall call) {
        HeaderFilterStrategy filter = new JmsHeaderFilterStrategy();
        Map<String, Object> properties = new LinkedHashMap<>();
        call.headers().forEach((name, value) -> {
            boolean scalar = value instanceof CharSequence
                    || value instanceof Number
                    || value instanceof Boolean
                    || value instanceof Character
                    || value instanceof Date;
            // Type, correlation and the like are parts of the message, and no properties.
            boolean jms = name.matches("(?i)JMS(?!X).*");
            if (scalar
                    && !jms
                    && !name.equalsIgnoreCase("content-type")
                    && !filter.applyFilterToCamelHeaders(name, value, call.exchange())) {
                properties.put(identifier(name), VALUES.contains(value.getClass()) ? value : value.toString());
            }
        });
        return properties;
    }

    private static String identifier(String name) {
        String identifier = new DefaultJmsKeyFormatStrategy().encodeKey(name);
        identifier
                .chars()
                .skip(1)
                .filter(letter -> !Character.isJavaIdentifierPart(letter))
                .findFirst()
                .ifPresent(letter -> {
                    throw new IllegalArgumentException("Identifier contains invalid JMS identifier character '"
                            + (char) letter + "': '" + identifier + "'");
                });
        return identifier;
    }

    /** Text and bytes are sent as they are, a map as a map message, and nothing else by default. */
    private static Object body(EndpointCall call) throws JMSException {
        Object body = call.exchange().getMessage().getBody();
        String forced = call.option("jmsMessageType", "");
        if (body instanceof Map<?, ?> map && (forced.isEmpty() || forced.equals("Map"))) {
            for (Object value : map.values()) {
                if (value != null && !VALUES.contains(value.getClass())) {
                    throw new MessageFormatException(
                            "Only objectified primitive objects and String types are allowed but was: " + value
                                    + " type: " + value.getClass());
                }
            }
            return new LinkedHashMap<>(map);
        }
        boolean object = forced.isEmpty()
                && body instanceof Serializable
                && !(body instanceof CharSequence)
                && !(body instanceof byte[]);
        if (object && !call.option("objectMessageEnabled", "false").equals("true")) {
            throw new MessageFormatException("JMS ObjectMessage is disabled by default for security reasons (creating"
                    + " ObjectMessage). Set objectMessageEnabled=true on the JMS endpoint or component to enable it.");
        }
        return call.body();
    }
}
