package io.threadpost.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.jms.MessageListenerContainerFactory;
import org.jboss.logging.Logger;
import org.springframework.jms.listener.AbstractMessageListenerContainer;
import org.springframework.jms.support.JmsUtils;

import io.threadpost.retry.Backoff;
import io.threadpost.retry.DurationFormat;
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.spool.Spools;

/** The queues that routes read, and which of them cannot be read. */
@Singleton
public final class QueueReaders implements MessageListenerContainerFactory {
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final Spools spools;
    private final int limit;

    QueueReaders(Spools spools, Settings settings) {
        this.spools = spools;
        this.limit = settings.get(SettingsCatalogue.QUEUE_INBOUND_LIMIT);
    }

    /**
     * A queue that cannot be read.
     *
     * @param queue its name
     * @param since when that was noticed
     * @param reason one line
     */
    public record Trouble(String queue, Instant since, String reason) {}

    /** @return the queues that cannot be read now */
    public List<Trouble> troubles() {
        return readers.stream().map(Reader::trouble).filter(Objects::nonNull).toList();
    }

    @Override
    public AbstractMessageListenerContainer createMessageListenerContainer(JmsEndpoint endpoint) {
        if (endpoint.getMessageConverter() == null) {
            endpoint.setMessageConverter(new InboundMessageBodies());
        }
        Reader reader = new Reader(endpoint);
        readers.add(reader);
        return reader;
    }

    /** Records that a route failed to take a message of a queue and retries. */
    void waits(String queue, Throwable failure) {
        readers.stream()
                .filter(reader -> queue.equals(reader.getDestinationName()))
                .forEach(reader -> reader.fails(failure));
    }

    /**
     * Reads a queue for a route. While the broker is down or refuses, it retries with backoff and logs each new reason
     * once, until it receives again.
     */
    private final class Reader extends DefaultJmsMessageListenerContainer {
        private static final Logger LOG = Logger.getLogger(QueueReaders.class);
        private static final Backoff WAITS = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
        private static final long FULL_MILLIS = 500;

        private final StagingLimit stagingLimit;
        private Instant since;
        private String reason;
        private int failures;

        Reader(JmsEndpoint endpoint) {
            super(endpoint);
            stagingLimit = new StagingLimit(endpoint, endpoint.getDestinationName(), spools, limit);
            setBackOff(() -> this::pause);
        }

        /** @return since when and why it cannot read; null when it can */
        synchronized Trouble trouble() {
            return since == null ? null : new Trouble(getDestinationName(), since, reason);
        }

        private synchronized long pause() {
            return WAITS.millis(failures);
        }

        /** Logs each new reason once. */
        synchronized void fails(Throwable failure) {
            failures++;
            String now = FailureReason.of(failure);
            if (!now.equals(reason)) {
                LOG.warnf("queue %s cannot be read, retrying: %s", getDestinationName(), now);
            }
            reason = now;
            since = since == null ? Instant.now() : since;
        }

        private synchronized void works() {
            if (since != null) {
                LOG.infof(
                        "queue %s is read again after %s",
                        getDestinationName(), DurationFormat.text(Duration.between(since, Instant.now())));
            }
            since = null;
            reason = null;
            failures = 0;
        }

        @Override
        protected void handleListenerSetupFailure(Throwable failure, boolean alreadyRecovered) {
            if (isRunning()) {
                fails(failure);
            }
        }

        @Override
        protected void refreshConnectionUntilSuccessful() {
            while (isRunning()) {
                try {
                    if (sharedConnectionEnabled()) {
                        refreshSharedConnection();
                    } else {
                        JmsUtils.closeConnection(createConnection());
                    }
                    return;
                } catch (JMSException | RuntimeException e) {
                    fails(e);
                    applyBackOffTime(this::pause);
                }
            }
        }

        @Override
        protected Message receiveMessage(MessageConsumer consumer) throws JMSException {
            if (!stagingLimit.admits()) {
                applyBackOffTime(() -> FULL_MILLIS);
                return null;
            }
            Message message = super.receiveMessage(consumer);
            if (message == null) {
                stagingLimit.caughtUp();
            }
            return message;
        }

        @Override
        protected void messageReceived(Object invoker, Session session) {
            works();
            super.messageReceived(invoker, session);
        }

        @Override
        protected void noMessageReceived(Object invoker, Session session) {
            works();
            super.noMessageReceived(invoker, session);
        }

        @Override
        public void destroy() {
            super.destroy();
            readers.remove(this);
        }
    }
}
