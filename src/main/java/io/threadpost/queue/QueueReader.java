package io.threadpost.queue;

import java.time.Duration;
import java.time.Instant;

import jakarta.jms.JMSException;
import jakarta.jms.Session;

import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.jboss.logging.Logger;
import org.springframework.jms.support.JmsUtils;

import io.threadpost.retry.Backoff;
import io.threadpost.retry.DurationFormat;
import io.threadpost.retry.FailureReason;

/**
 * Reads a queue for a route. While the broker is away, or does not let it read, it tries again with growing waits, and
 * says so once for each reason, until messages can be received again.
 */
final class QueueReader extends DefaultJmsMessageListenerContainer {
    private static final Logger LOG = Logger.getLogger(QueueReader.class);
    private static final Backoff WAITS = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final QueueReaders readers;
    private Instant since;
    private String reason;
    private int failures;

    QueueReader(JmsEndpoint endpoint, QueueReaders readers) {
        super(endpoint);
        this.readers = readers;
        setBackOff(() -> this::pause);
    }

    /** @return since when and why it cannot read; null when it can */
    synchronized QueueReaders.Trouble trouble() {
        return since == null ? null : new QueueReaders.Trouble(getDestinationName(), since, reason);
    }

    private synchronized long pause() {
        return WAITS.millis(failures);
    }

    /** Says it once for each reason. */
    synchronized void fails(Throwable failure) {
        failures++;
        String now = FailureReason.of(failure);
        if (!now.equals(reason)) {
            LOG.warnf("queue %s cannot be read, it is tried again and again: %s", getDestinationName(), now);
        }
        reason = now;
        since = since == null ? Instant.now() : since;
    }

    private synchronized void works() {
        if (since != null) {
            LOG.infof(
                    "queue %s is read again, after %s",
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
        readers.ended(this);
    }
}
