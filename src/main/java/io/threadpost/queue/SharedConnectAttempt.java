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
 * Shares failed attempts to connect. Sixteen threads that want a connection to a broker that does not answer would try
 * one at a time, each until its timeout: a thread that waited while another one's attempt failed fails with it.
 */
final class SharedConnectAttempt implements ConnectionFactory {
    private final JmsPoolConnectionFactory pool;
    private final ReentrantLock lock = new ReentrantLock();
    private JMSException failure;
    private long failed;

    SharedConnectAttempt(JmsPoolConnectionFactory pool) {
        this.pool = pool;
    }

    @Override
    public Connection createConnection() throws JMSException {
        long asked = System.nanoTime();
        lock.lock();
        try {
            if (failure == null || failed - asked < 0) {
                return connect();
            }
            throw failure;
        } finally {
            lock.unlock();
        }
    }

    private Connection connect() throws JMSException {
        try {
            return pool.createConnection();
        } catch (JMSException e) {
            failure = noConnection(e);
            failed = System.nanoTime();
            throw failure;
        }
    }

    /**
     * For any failed attempt, a refused login too: a {@link ConnectException} among the causes shows that the broker
     * never heard of the message.
     */
    private static JMSException noConnection(JMSException failure) {
        ConnectException none = new ConnectException(failure.getMessage());
        none.initCause(failure);
        JMSException refused = new JMSException(reason(failure), failure.getErrorCode());
        refused.initCause(none);
        return refused;
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

    /** Why there is no connection, for people: the client reports its internals. */
    private static String reason(JMSException failure) {
        if (ConnectionFailureReason.certificate(failure)) {
            return ConnectionFailureReason.reason(failure);
        }
        if (ConnectionFailureReason.cause(failure) instanceof NotSslRecordException) {
            return "it speaks no TLS at this port; write amqp:// or the port for TLS, often 5671";
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains("header mismatch")) {
            return "it does not speak AMQP 1.0 at this port, or only with TLS; write its port, often 5672, or amqps://";
        }
        return message.toLowerCase(Locale.ROOT).contains("timed out")
                ? "it does not answer in time; are the port and its encryption the right ones, amqp:// or amqps://?"
                : message;
    }
}
