package io.threadpost.queue;

import java.net.ConnectException;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;

import io.netty.handler.ssl.NotSslRecordException;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

import io.threadpost.retry.ConnectionFailureReason;

/**
 * The way to the pool. Sixteen that want a connection to a broker that does not answer would knock one after the other,
 * and each would wait its time: who has waited while another one's attempt failed fails with it.
 */
final class SharedConnectAttempt implements ConnectionFactory {
    private final JmsPoolConnectionFactory pool;
    private final ReentrantLock door = new ReentrantLock();
    private JMSException failure;
    private long failed;

    SharedConnectAttempt(JmsPoolConnectionFactory pool) {
        this.pool = pool;
    }

    @Override
    public Connection createConnection() throws JMSException {
        long asked = System.nanoTime();
        door.lock();
        try {
            if (failure == null || failed - asked < 0) {
                return knock();
            }
            throw failure;
        } finally {
            door.unlock();
        }
    }

    private Connection knock() throws JMSException {
        try {
            return pool.createConnection();
        } catch (JMSException e) {
            failure = noConnection(e);
            failed = System.nanoTime();
            throw failure;
        }
    }

    /**
     * Whatever kept it from coming about, a refused login too: a {@link ConnectException} inside says that no message
     * was to blame.
     */
    private static JMSException noConnection(JMSException failure) {
        ConnectException none = new ConnectException(failure.getMessage());
        none.initCause(failure);
        JMSException told = new JMSException(reason(failure), failure.getErrorCode());
        told.initCause(none);
        return told;
    }

    @Override
    public Connection createConnection(String user, String password) throws JMSException {
        return pool.createConnection(user, password);
    }

    @Override
    public JMSContext createContext() {
        return pool.createContext();
    }

    @Override
    public JMSContext createContext(String user, String password) {
        return pool.createContext(user, password);
    }

    @Override
    public JMSContext createContext(String user, String password, int sessionMode) {
        return pool.createContext(user, password, sessionMode);
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        return pool.createContext(sessionMode);
    }

    /** Why there is no connection, for people: the client words it in terms of its own machinery. */
    private static String reason(JMSException failure) {
        if (ConnectionFailureReason.certificate(failure)) {
            return ConnectionFailureReason.reason(failure);
        }
        if (ConnectionFailureReason.cause(failure) instanceof NotSslRecordException) {
            return "it speaks no TLS at this port; write amqp:// or the port for TLS, often 5671";
        }
        String said = String.valueOf(failure.getMessage());
        if (said.contains("header mismatch")) {
            return "it does not speak AMQP 1.0 at this port, or only with TLS; write its port, often 5672, or amqps://";
        }
        return said.toLowerCase(Locale.ROOT).contains("timed out")
                ? "it says nothing in time; are the port and its encryption the right ones, amqp:// or amqps://?"
                : said;
    }
}
