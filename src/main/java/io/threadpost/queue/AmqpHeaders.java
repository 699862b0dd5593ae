package io.threadpost.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;

import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.jms.MessageCreatedStrategy;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.proton.amqp.Symbol;

/** Writes what AMQP has a place for and JMS has not: the message id that Threadpost wants, and the content type. */
final class AmqpHeaders implements MessageCreatedStrategy {
    /** The property by which ActiveMQ Artemis knows a message that it had before. */
    static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private final MessageIds ids;

    AmqpHeaders(MessageIds ids) {
        this.ids = ids;
    }

    @Override
    public void onMessageCreated(Message message, Session session, Exchange exchange, Throwable cause) {
        try {
            ids.next(message.getStringProperty(DUPLICATE_ID));
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
}
