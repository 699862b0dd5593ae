package io.threadpost.queue;

import java.util.UUID;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;

import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.jms.MessageCreatedStrategy;
import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.JmsSession;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.message.JmsMessageIDBuilder;
import org.apache.qpid.jms.policy.JmsMessageIDPolicy;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.proton.amqp.Symbol;

/**
 * Writes the fields that AMQP has and JMS does not: a fixed message id and the content type. The client asks its policy
 * for an id on the sending thread without naming the message; Camel passes the message to this class just before, on
 * the same thread.
 */
final class AmqpHeaders implements MessageCreatedStrategy, JmsMessageIDPolicy, JmsMessageIDBuilder {
    /** The property by which ActiveMQ Artemis detects duplicates. */
    static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private final ThreadLocal<String> next = new ThreadLocal<>();

    @Override
    public void onMessageCreated(Message message, Session session, Exchange exchange, Throwable cause) {
        try {
            next(message.getStringProperty(DUPLICATE_ID));
            String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
            if (type != null
                    && message instanceof JmsMessage amqp
                    && amqp.getFacade() instanceof AmqpJmsMessageFacade properties) {
                properties.setContentType(Symbol.valueOf(type));
            }
        } catch (JMSException e) {
            throw new RuntimeCamelException(e);
        }
    }

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

    /** Connections copy their factory's policies; this one must stay the same object. */
    @Override
    public JmsMessageIDPolicy copy() {
        return this;
    }
}
