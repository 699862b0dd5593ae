package io.threadpost.queue;

import java.util.UUID;

import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.JmsSession;
import org.apache.qpid.jms.message.JmsMessageIDBuilder;
import org.apache.qpid.jms.policy.JmsMessageIDPolicy;

/**
 * Ids of messages. The client asks for one on the thread that sends, and does not say for which message:
 * {@link AmqpHeaders}, which sees the message a moment before on that thread, leaves its id here.
 */
final class MessageIds implements JmsMessageIDPolicy, JmsMessageIDBuilder {
    private final ThreadLocal<String> next = new ThreadLocal<>();

    /** The next message sent on this thread gets this id; with null, one at random. */
    void next(String id) {
        next.set(id);
    }

    @Override
    public Object createMessageID(String producer, long sequence) {
        String id = next.get();
        next.remove();
        return id == null ? UUID.randomUUID().toString() : id;
    }

    @Override
    public JmsMessageIDBuilder getMessageIDBuilder(JmsSession session, JmsDestination destination) {
        return this;
    }

    /** Connections get copies of their factory's policies; this one has to stay the one that is told. */
    @Override
    public JmsMessageIDPolicy copy() {
        return this;
    }
}
