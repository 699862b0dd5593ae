package io.threadpost.pull;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.retry.DurationFormat;

/** Since when the platform does not serve a connection, so that the end of it is said once. */
@Singleton
final class ConnectionOutages {
    private static final Logger LOG = Logger.getLogger(ConnectionOutages.class);
    /** These are answers to one request, or none: the platform serves. */
    private static final Set<ConnectorFailure> SERVES = EnumSet.of(
            ConnectorFailure.INVALID,
            ConnectorFailure.TOO_HEAVY,
            ConnectorFailure.TOO_LARGE,
            ConnectorFailure.CONFLICT,
            ConnectorFailure.RATE_LIMITED,
            ConnectorFailure.STOPPED);

    private final Map<String, Long> since = new ConcurrentHashMap<>();

    /** A call failed. */
    void failed(String connection, RuntimeException failure) {
        if (failure instanceof ConnectorException call && !SERVES.contains(call.failure())) {
            since.putIfAbsent(connection, System.nanoTime());
        }
    }

    /** A call was served. */
    void served(String connection) {
        Long began = since.remove(connection);
        if (began != null) {
            LOG.infof(
                    "%s: the platform works again after %s",
                    connection, DurationFormat.text(Duration.ofNanos(System.nanoTime() - began)));
        }
    }
}
