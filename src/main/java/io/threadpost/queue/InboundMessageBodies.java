package io.threadpost.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;

import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;

import io.threadpost.queue.MessageGuard.UnreadableMessage;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.UnreadableBody;

/**
 * Converts the body of an inbound message to text, bytes, or a map or list of such, so that a spool can always store
 * it. Java objects are not deserialized.
 */
final class InboundMessageBodies implements MessageConverter {
    @Override
    public Object fromMessage(Message message) {
        try {
            UnreadableBody unreadable = UnreadableMessage.body(message);
            return unreadable == null ? body(message) : unreadable;
        } catch (JMSException | RuntimeException e) {
            // The type and the body do not match.
            return new UnreadableBody(
                    "the message's body cannot be read: " + FailureReason.of(e),
                    ByteBuffer.wrap(message.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Object body(Message message) throws JMSException {
        if (message instanceof TextMessage text) {
            return text.getText();
        }
        if (message instanceof BytesMessage bytes) {
            return bytes.getBody(byte[].class);
        }
        if (message instanceof MapMessage map) {
            return fields(map);
        }
        if (message instanceof StreamMessage stream) {
            return values(stream);
        }
        return message instanceof ObjectMessage object ? value(object) : null;
    }

    private static Map<String, Object> fields(MapMessage message) throws JMSException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Enumeration<?> names = message.getMapNames(); names.hasMoreElements(); ) {
            String name = String.valueOf(names.nextElement());
            fields.put(name, plain(message.getObject(name)));
        }
        return fields;
    }

    private static List<Object> values(StreamMessage message) throws JMSException {
        List<Object> values = new ArrayList<>();
        while (true) {
            try {
                values.add(plain(message.readObject()));
            } catch (MessageEOFException e) {
                return values;
            }
        }
    }

    /** A value of AMQP's type system needs no class to be loaded. */
    private static Object value(ObjectMessage message) {
        try {
            return plain(message.getObject());
        } catch (JMSException e) {
            return "a Java object, which is not read";
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((name, field) -> fields.put(String.valueOf(name), plain(field)));
            return fields;
        }
        if (value instanceof Iterable<?> values) {
            List<Object> list = new ArrayList<>();
            values.forEach(one -> list.add(plain(one)));
            return list;
        }
        if (value instanceof Object[] values) {
            return plain(Arrays.asList(values));
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value == null || value instanceof Boolean ? value : value.toString();
    }

    /** @throws MessageConversionException always: it reads only */
    @Override
    public Message toMessage(Object body, Session session) {
        throw new MessageConversionException("messages that are read are not sent");
    }
}
