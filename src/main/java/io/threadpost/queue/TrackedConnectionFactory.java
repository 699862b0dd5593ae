package io.threadpost.queue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;

import org.apache.qpid.jms.JmsConnectionFactory;

/**
 * Connects, and remembers the connection, so that it can be closed as a whole: a pool closes session after session, and
 * waits for the broker's answer to each.
 */
final class TrackedConnectionFactory extends JmsConnectionFactory {
    private volatile Connection last;

    TrackedConnectionFactory(String url) {
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
