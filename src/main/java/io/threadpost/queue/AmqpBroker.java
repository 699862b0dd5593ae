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

import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * The Camel component {@code amqp:} on the broker of {@code threadpost.queue.url}: one pooled connection, and a timeout
 * for every wait.
 */
@Singleton
@RegisterForReflection(targets = DefaultEvictionPolicy.class)
final class AmqpBroker {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final int AHEAD = 4;

    private final Settings settings;
    private final QueueReaders readers;
    private final AmqpHeaders headers = new AmqpHeaders();
    private final JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
    private LastConnection connections;

    AmqpBroker(Settings settings, QueueReaders readers) {
        this.settings = settings;
        this.readers = readers;
    }

    /** Without a URL it has no connection factory, and {@code camel.component.amqp.*} may set one. */
    @Produces
    @Singleton
    @Unremovable
    @Named("amqp")
    AMQPComponent component() {
        ReadableMessages.install(MessageCheck.Limits.ofThisMachine());
        AMQPComponent amqp = new AMQPComponent();
        if (!settings.get(SettingsCatalogue.QUEUE_URL).isEmpty()) {
            amqp.setConnectionFactory(new SharedConnectAttempt(pool()));
        }
        amqp.setIncludeAmqpAnnotations(false);
        amqp.setDestinationResolver(new Addresses());
        amqp.setMessageCreatedStrategy(headers);
        amqp.setHeaderFilterStrategy(headers());
        amqp.setConsumerType(ConsumerType.Custom);
        amqp.setMessageListenerContainerFactory(readers);
        // Else a fixed interval replaces the readers' backoff.
        amqp.setRecoveryInterval(-1);
        amqp.setErrorHandlerLogStackTrace(false);
        return amqp;
    }

    private JmsPoolConnectionFactory pool() {
        connections = new LastConnection(url(settings.get(SettingsCatalogue.QUEUE_URL)));
        if (!settings.get(SettingsCatalogue.QUEUE_URL).contains("prefetchPolicy")) {
            connections.setPrefetchPolicy(fewAhead());
        }
        if (!settings.get(SettingsCatalogue.QUEUE_USERNAME).isEmpty()) {
            connections.setUsername(settings.get(SettingsCatalogue.QUEUE_USERNAME));
            connections.setPassword(settings.get(SettingsCatalogue.QUEUE_PASSWORD));
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

    /** Messages are taken one by one, and prefetched ones are held in memory. */
    private static JmsDefaultPrefetchPolicy fewAhead() {
        JmsDefaultPrefetchPolicy policy = new JmsDefaultPrefetchPolicy();
        policy.setAll(AHEAD);
        return policy;
    }

    /** A sender must not choose which classes are loaded here. */
    private static JmsDefaultDeserializationPolicy noClasses() {
        JmsDefaultDeserializationPolicy policy = new JmsDefaultDeserializationPolicy();
        policy.setDenyList(JmsDefaultDeserializationPolicy.CATCH_ALL_WILDCARD);
        return policy;
    }

    /** One round through several brokers, then the send fails: the spool retries, and can be stopped meanwhile. */
    private static String url(String given) {
        if (!given.startsWith("failover:") || given.contains("econnectAttempts=")) {
            return given;
        }
        return given + (given.contains(")?") ? "&" : "?")
                + "failover.maxReconnectAttempts=1&failover.startupMaxReconnectAttempts=1";
    }

    /** The content type is not a property: {@link AmqpHeaders} writes it to AMQP's own field. */
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

    /** Resolves queue names: Camel strips leading slashes, and RabbitMQ's addresses begin with one. */
    private static final class Addresses extends DynamicDestinationResolver {
        @Override
        public Destination resolveDestinationName(Session session, String name, boolean topic) throws JMSException {
            boolean rabbit = name.startsWith("queues/") || name.startsWith("exchanges/");
            return super.resolveDestinationName(session, rabbit ? "/" + name : name, topic);
        }
    }

    /**
     * Tracks the last connection, so that it can be closed as a whole: a pool closes one session after the other and
     * waits for the broker's response to each.
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

        /** Closes the last connection, if any. */
        void close() {
            try {
                if (last != null) {
                    last.close();
                }
            } catch (JMSException e) {
                // It is closed either way.
            }
        }
    }
}
