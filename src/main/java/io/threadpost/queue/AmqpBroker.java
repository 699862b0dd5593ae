package io.threadpost.queue;

import java.time.Duration;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.camel.component.amqp.AMQPComponent;
import org.apache.camel.component.jms.ConsumerType;
import org.apache.camel.component.jms.JmsHeaderFilterStrategy;
import org.apache.commons.pool2.impl.DefaultEvictionPolicy;
import org.apache.qpid.jms.policy.JmsDefaultDeserializationPolicy;
import org.apache.qpid.jms.policy.JmsDefaultPrefetchPolicy;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

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
    private final MessageIds ids = new MessageIds();
    private final JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
    private TrackedConnectionFactory connections;

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
        amqp.setDestinationResolver(new QueueNames());
        amqp.setMessageCreatedStrategy(new AmqpHeaders(ids));
        amqp.setHeaderFilterStrategy(headers());
        amqp.setConsumerType(ConsumerType.Custom);
        amqp.setMessageListenerContainerFactory(readers);
        // Else a wait that is always the same takes the place of the readers' own.
        amqp.setRecoveryInterval(-1);
        amqp.setErrorHandlerLogStackTrace(false);
        return amqp;
    }

    private JmsPoolConnectionFactory pool() {
        ReadableMessages.install(MessageLimits.ofThisMachine());
        connections = new TrackedConnectionFactory(url(settings.url()));
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
        connections.setMessageIDPolicy(ids);
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
}
