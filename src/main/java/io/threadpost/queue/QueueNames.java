package io.threadpost.queue;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

import org.springframework.jms.support.destination.DynamicDestinationResolver;

/** Names of queues as brokers know them. Camel takes leading slashes away, and addresses of RabbitMQ begin with one. */
final class QueueNames extends DynamicDestinationResolver {
    @Override
    public Destination resolveDestinationName(Session session, String name, boolean topic) throws JMSException {
        boolean rabbit = name.startsWith("queues/") || name.startsWith("exchanges/");
        return super.resolveDestinationName(session, rabbit ? "/" + name : name, topic);
    }
}
