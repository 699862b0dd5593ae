package io.threadpost.queue;

import java.util.ArrayList;
import java.util.List;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;

/** Somebody who reads a queue over AMQP, as other systems do. */
final class Inbox implements AutoCloseable {
    private final Connection connection;
    private final MessageConsumer consumer;

    /** @param selector what to read only; null for everything */
    Inbox(String url, String queue, String selector) throws JMSException {
        connection = new JmsConnectionFactory(url).createConnection();
        connection.start();
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        consumer = session.createConsumer(session.createQueue(queue), selector);
    }

    /** @return the next message; null when there is none within that time */
    Message next(long millis) throws JMSException {
        return consumer.receive(millis);
    }

    /** @return the ids of all messages, in order, until none came for a second */
    List<String> ids() throws JMSException {
        List<String> ids = new ArrayList<>();
        for (Message message = next(1000); message != null; message = next(1000)) {
            ids.add(message.getStringProperty("Id"));
        }
        return ids;
    }

    /** What AMQP calls it: without JMS' own wrapping. */
    static Object messageId(Message message) {
        return facade(message).getProviderMessageIdObject();
    }

    static String contentType(Message message) {
        return facade(message).getContentType().toString();
    }

    private static AmqpJmsMessageFacade facade(Message message) {
        return (AmqpJmsMessageFacade) ((JmsMessage) message).getFacade();
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
