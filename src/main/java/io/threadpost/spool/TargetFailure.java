package io.threadpost.spool;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;
import jakarta.jms.JMSException;

import com.fasterxml.jackson.core.JacksonException;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.kafka.common.KafkaException;

import io.threadpost.ledger.LedgerException;
import io.threadpost.retry.RetryAfter;

/** Tells the target's failures (it is down, it refuses everybody) from the item's own. */
final class TargetFailure {
    /** Statuses that say nothing about the item: login, address, too much, too slow; and all of 500 and above. */
    private static final Set<Integer> STATUSES = Set.of(401, 404, 407, 408, 425, 429);

    /** Statuses of a target that has too much to do: never the doing of what it was sent. */
    private static final Set<Integer> BUSY = Set.of(429, 503);

    private TargetFailure() {}

    /** @return the answer of an HTTP server that is behind a failure; null when there is none */
    private static HttpOperationFailedException answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpOperationFailedException http) {
                return http;
            }
        }
        return null;
    }

    /** @return whether an HTTP server answered so that no item's attempts are used up, however often */
    static boolean answered(Throwable failure) {
        HttpOperationFailedException http = answer(failure);
        return http != null && targets(http);
    }

    /** @return whether an HTTP server says that it has too much to do */
    static boolean busy(Throwable failure) {
        HttpOperationFailedException http = answer(failure);
        return http != null && BUSY.contains(http.getStatusCode());
    }

    /**
     * @return how long the target wants to be left alone, at least, by its {@code Retry-After}; empty when it does not
     *     say
     */
    static OptionalLong wait(Throwable failure) {
        HttpOperationFailedException http = answer(failure);
        if (http == null || !targets(http) || http.getResponseHeaders() == null) {
            return OptionalLong.empty();
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        http.getResponseHeaders().forEach((name, value) -> headers.put(String.valueOf(name), value));
        Instant now = Optional.ofNullable(headers.get("Date"))
                .flatMap(RetryAfter::date)
                .orElseGet(Instant::now);
        return RetryAfter.millis(headers.get("Retry-After"), now);
    }

    private static boolean targets(HttpOperationFailedException http) {
        return http.getStatusCode() >= 500 || STATUSES.contains(http.getStatusCode());
    }

    /** @return whether the target never heard of the item: there was no way to it, or it let nobody in */
    static boolean unreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreachableException
                    || cause instanceof ConnectException
                    || cause instanceof ConnectTimeoutException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }

    /** @return whether the item was too much for the memory or the stack of this process: no target is at fault */
    static boolean exhausted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError) {
                return true;
            }
        }
        return false;
    }

    /** @return whether any other item would have failed as well */
    static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TargetDownException) {
                return true;
            }
            if (cause instanceof HttpOperationFailedException http) {
                return targets(http);
            }
            if (cause instanceof JMSException jms) {
                return JmsFailure.target(jms);
            }
            if (cause instanceof KafkaException kafka) {
                return KafkaFailure.target(kafka);
            }
            if (cause instanceof JacksonException) {
                return false;
            }
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof DirectConsumerNotAvailableException
                    || cause instanceof RejectedExecutionException
                    || cause instanceof LedgerException) {
                return true;
            }
        }
        return false;
    }

    /** @return whether somebody refused who says in the same words that the item, and that the target is to blame */
    static boolean unclear(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JMSException jms) {
                return JmsFailure.unclear(jms);
            }
        }
        return false;
    }
}
