package io.threadpost.network;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;

import io.threadpost.retry.FailureClassifier;
import io.threadpost.retry.FailureClassifier.ClassifiedFailure;
import io.threadpost.retry.FailureKind;
import io.threadpost.retry.RetryAfter;

/**
 * Whose failure it is when a route calls an HTTP service, by the status of the response and its {@code Retry-After}.
 */
@Singleton
public final class HttpFailureClassifier implements FailureClassifier {
    /** Statuses that say nothing about the item: login, address, too much, too slow; as do all from 500 on. */
    private static final Set<Integer> TARGET = Set.of(401, 404, 407, 408, 425, 429);

    /** Statuses of an overloaded target: never caused by what it was sent. */
    private static final Set<Integer> BUSY = Set.of(429, 503);

    @Override
    public Optional<ClassifiedFailure> classify(Throwable cause) {
        if (cause instanceof HttpOperationFailedException response) {
            return Optional.of(classify(response));
        }
        return cause instanceof ConnectTimeoutException
                ? Optional.of(new ClassifiedFailure(FailureKind.TARGET_UNREACHABLE))
                : Optional.empty();
    }

    private static ClassifiedFailure classify(HttpOperationFailedException response) {
        int status = response.getStatusCode();
        if (status < 500 && !TARGET.contains(status)) {
            return new ClassifiedFailure(FailureKind.UNKNOWN);
        }
        return new ClassifiedFailure(
                BUSY.contains(status) ? FailureKind.TARGET_BUSY : FailureKind.TARGET_REFUSES, retryAfter(response));
    }

    private static Optional<Duration> retryAfter(HttpOperationFailedException response) {
        if (response.getResponseHeaders() == null) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.getResponseHeaders().forEach((name, value) -> headers.put(String.valueOf(name), value));
        Instant now = Optional.ofNullable(headers.get("Date"))
                .flatMap(RetryAfter::date)
                .orElseGet(Instant::now);
        return RetryAfter.millis(headers.get("Retry-After"), now).stream()
                .mapToObj(Duration::ofMillis)
                .findFirst();
    }
}
