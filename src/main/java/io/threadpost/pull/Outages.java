package io.threadpost.pull;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.Failure;
import io.threadpost.retry.Age;

/** Since when the platform does not serve a connection, so that the end of it is said once. */
@Singleton
final class Outages {
    private static final Logger LOG = Logger.getLogger(Outages.class);
    /** These are answers to one request, or none: the platform serves. */
    private static final Set<Failure> SERVES = EnumSet.of(
            Failure.INVALID,
            Failure.TOO_HEAVY,
            Failure.TOO_LARGE,
            Failure.CONFLICT,
            Failure.RATE_LIMITED,
            Failure.STOPPED);

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
                    connection, Age.text(Duration.ofNanos(System.nanoTime() - began)));
        }
    }
}
