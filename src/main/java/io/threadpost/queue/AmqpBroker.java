package io.threadpost.queue;

import java.time.Duration;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.camel.component.amqp.AMQPComponent;
import org.apache.camel.component.jms.ConsumerType;
import org.apache.camel.component.jms.JmsHeaderFilterStrategy;
import org.apache.commons.pool2.impl.DefaultEvictionPolicy;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.policy.JmsDefaultDeserializationPolicy;
import org.apache.qpid.jms.policy.JmsDefaultPrefetchPolicy;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.support.destination.DynamicDestinationResolver;

import io.threadpost.settings.QueueSettings;
import io.threadpost.settings.Settings;

/**
 * The Camel component {@code amqp:} on the broker of {@code threadpost.queue.url}: one pooled connection, and an end to
 * every wait.
 */
@Singleton
@RegisterForReflection(targets = DefaultEvictionPolicy.class)
final class AmqpBroker {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final int AHEAD = 4;

    private final QueueSettings settings;
    private final QueueReaders readers;
    private final AmqpHeaders headers = new AmqpHeaders();
    private final JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
    private LastConnection connections;

    AmqpBroker(Settings settings, QueueReaders readers) {
        this.settings = settings.queue();
        this.readers = readers;
    }

    /** Without a URL it has no connections, and may be given some by {@code camel.component.amqp.*}. */
    @Produces
    @Singleton
    @Unremovable
    @Named("amqp")
    AMQPComponent component() {
        AMQPComponent amqp = new AMQPComponent();
        if (!settings.url().isEmpty()) {
            amqp.setConnectionFactory(new SharedConnectAttempt(pool()));
        }
        amqp.setIncludeAmqpAnnotations(false);
        amqp.setDestinationResolver(new Addresses());
        amqp.setMessageCreatedStrategy(headers);
        amqp.setHeaderFilterStrategy(headers());
        amqp.setConsumerType(ConsumerType.Custom);
        amqp.setMessageListenerContainerFactory(readers);
        // Else a wait that is always the same takes the place of the readers' own.
        amqp.setRecoveryInterval(-1);
        amqp.setErrorHandlerLogStackTrace(false);
        return amqp;
    }

    private JmsPoolConnectionFactory pool() {
        ReadableMessages.install(MessageCheck.Limits.ofThisMachine());
        connections = new LastConnection(url(settings.url()));
        if (!settings.url().contains("prefetchPolicy")) {
            connections.setPrefetchPolicy(fewAhead());
        }
        if (!settings.username().isEmpty()) {
            connections.setUsername(settings.username());
            connections.setPassword(settings.password());
        }
        connections.setConnectTimeout(CONNECT.toMillis());
        connections.setRequestTimeout(ANSWER.toMillis());
        connections.setSendTimeout(ANSWER.toMillis());
        connections.setCloseTimeout(CLOSE.toMillis());
        connections.setMessageIDPolicy(headers);
        connections.setDeserializationPolicy(noClasses());
        pool.setConnectionFactory(connections);
        return pool;
    }

    /** Each message is taken by itself, and those that wait here are in memory. */
    private static JmsDefaultPrefetchPolicy fewAhead() {
        JmsDefaultPrefetchPolicy policy = new JmsDefaultPrefetchPolicy();
        policy.setAll(AHEAD);
        return policy;
    }

    /** Whoever may write to a queue shall not choose what is loaded here. */
    private static JmsDefaultDeserializationPolicy noClasses() {
        JmsDefaultDeserializationPolicy policy = new JmsDefaultDeserializationPolicy();
        policy.setDenyList(JmsDefaultDeserializationPolicy.CATCH_ALL_WILDCARD);
        return policy;
    }

    /**
     * One round through several brokers, and then it is a failure: the spool tries again, and can be stopped meanwhile.
     */
    private static String url(String given) {
        if (!given.startsWith("failover:") || given.contains("econnectAttempts=")) {
            return given;
        }
        return given + (given.contains(")?") ? "&" : "?")
                + "failover.maxReconnectAttempts=1&failover.startupMaxReconnectAttempts=1";
    }

    /** A content type is no property here: {@link AmqpHeaders} writes it where AMQP has a place for it. */
    private static JmsHeaderFilterStrategy headers() {
        JmsHeaderFilterStrategy strategy = new JmsHeaderFilterStrategy();
        strategy.getOutFilter().add("content-type");
        return strategy;
    }

    @PreDestroy
    void stop() {
        if (connections != null) {
            connections.close();
        }
        pool.stop();
    }

    /**
     * Names of queues as brokers know them. Camel takes leading slashes away, and addresses of RabbitMQ begin with one.
     */
    private static final class Addresses extends DynamicDestinationResolver {
        @Override
        public Destination resolveDestinationName(Session session, String name, boolean topic) throws JMSException {
            boolean rabbit = name.startsWith("queues/") || name.startsWith("exchanges/");
            return super.resolveDestinationName(session, rabbit ? "/" + name : name, topic);
        }
    }

    /**
     * Connects, and remembers the connection, so that it can be closed as a whole: a pool closes session after session,
     * and waits for the broker's answer to each.
     */
    private static final class LastConnection extends JmsConnectionFactory {
        private volatile Connection last;

        LastConnection(String url) {
            super(url);
        }

        @Override
        public Connection createConnection() throws JMSException {
            last = super.createConnection();
            return last;
        }

        /** Closes the connection opened last, if there is one. */
        void close() {
            try {
                if (last != null) {
                    last.close();
                }
            } catch (JMSException e) {
                // It is gone: that was wanted.
            }
        }
    }
}
