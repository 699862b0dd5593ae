package io.threadpost.access;

import java.util.Optional;

import io.vertx.ext.web.RoutingContext;

/**
 * How a request was admitted.
 *
 * @param mayAct whether it may change something; everybody who is admitted may read
 * @param how for the audit log: {@code loopback}, {@code token}, {@code reading token}, or {@code user} and a name
 */
public record Admission(boolean mayAct, String how) {
    private static final String KEY = Admission.class.getName();

    /** Keeps it with its request. */
    public void keepWith(RoutingContext asked) {
        asked.put(KEY, this);
    }

    /** @return how the request was admitted; empty before it is */
    public static Optional<Admission> of(RoutingContext asked) {
        return Optional.ofNullable(asked.get(KEY));
    }
}
