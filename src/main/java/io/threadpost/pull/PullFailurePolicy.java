package io.threadpost.pull;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.retry.Backoff;
import io.threadpost.retry.FailureReason;

/** What follows when walking a window, or planning, fails: how long it waits, and what log and health report. */
@Singleton
final class PullFailurePolicy {
    private static final Logger LOG = Logger.getLogger(PullFailurePolicy.class);
    private static final Backoff TRANSIENT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));
    /** The platform refuses the token or address until a person acts: only a probe now and then. */
    private static final long PROBE_MILLIS = Duration.ofMinutes(1).toMillis();
    /**
     * The request itself is rejected, or cursors are lost again and again: perhaps a transient state of the platform.
     */
    private static final Backoff STUBBORN = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(15));

    private static final long ROUTE_MILLIS = 2_000;

    private final PullStatus status;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    PullFailurePolicy(PullStatus status) {
        this.status = status;
    }

    /** @return milliseconds until planning may be retried */
    long planning(String connection, Throwable failure) {
        long wait = waitMillis(failure, failures.merge(connection, 1, Integer::sum));
        warn(connection, failure, wait);
        status.planFailed(connection, FailureReason.of(failure));
        refused(connection, failure);
        return wait;
    }

    /** Planning succeeded. */
    void planned(String connection) {
        failures.remove(connection);
        status.planned(connection);
    }

    /** @return milliseconds until the window may be claimed again */
    long walking(Window window, Throwable failure) {
        long wait = waitMillis(failure, window.failures() + 1);
        if (!(failure instanceof LeaseLostException)) {
            warn(window.toString(), failure, wait);
        } else {
            LOG.warn(failure.getMessage());
        }
        refused(window.connection(), failure);
        return wait;
    }

    private void refused(String connection, Throwable failure) {
        if (failure instanceof ConnectorException refused && refused.failure().needsPerson()) {
            status.refused(connection, refused.getMessage());
        }
    }

    private static long waitMillis(Throwable failure, int failures) {
        if (failure instanceof RouteMissingException) {
            return ROUTE_MILLIS;
        }
        if (failure instanceof WindowStuckException) {
            return STUBBORN.millis(failures);
        }
        if (failure instanceof ConnectorException connector) {
            if (connector.failure() == ConnectorFailure.RATE_LIMITED
                    || connector.failure() == ConnectorFailure.STOPPED) {
                return 0;
            }
            if (connector.failure().needsPerson()) {
                return PROBE_MILLIS + STUBBORN.millis(failures);
            }
            if (connector.failure() == ConnectorFailure.INVALID || connector.failure() == ConnectorFailure.TOO_LARGE) {
                return STUBBORN.millis(failures);
            }
            return Math.max(connector.retryAfterMillis(), TRANSIENT.millis(failures));
        }
        return TRANSIENT.millis(failures);
    }

    private static void warn(String what, Throwable failure, long wait) {
        LOG.warnf("%s: %s (next try in %.1f s)", what, FailureReason.of(failure), wait / 1000.0);
    }
}
