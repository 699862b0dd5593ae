package io.threadpost.queue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;

import io.threadpost.spool.UnreadableBody;

/** The replacement of a message that cannot be decoded: the reason, and an excerpt of its beginning. */
final class UnreadableMessage {
    /** Bytes of the message that are kept. */
    static final int EXCERPT = 16 << 10;

    private static final String REASON = "threadpostUnreadable";

    private UnreadableMessage() {}

    /**
     * @param message as much of it as was received
     * @param reason one line
     * @return a message of AMQP
     */
    static byte[] of(byte[] message, String reason) {
        var replacement = org.apache.qpid.proton.message.Message.Factory.create();
        byte[] excerpt = Arrays.copyOf(message, Math.min(message.length, EXCERPT));
        // The same at each redelivery.
        replacement.setMessageId("unreadable-" + UUID.nameUUIDFromBytes(message));
        replacement.setApplicationProperties(new ApplicationProperties(new HashMap<>(Map.of(REASON, reason))));
        replacement.setBody(new Data(new Binary(excerpt)));
        byte[] bytes = new byte[excerpt.length + 4 * reason.length() + 512];
        return Arrays.copyOf(bytes, replacement.encode(bytes, 0, bytes.length));
    }

    /** @return null for every other message */
    static UnreadableBody body(Message message) throws JMSException {
        String reason = message.getStringProperty(REASON);
        return reason != null && message instanceof BytesMessage bytes
                ? new UnreadableBody(reason, ByteBuffer.wrap(bytes.getBody(byte[].class)))
                : null;
    }
}
