package io.threadpost;

import java.net.BindException;

import io.quarkus.runtime.QuarkusBindException;

/** Why Quarkus did not start, for people. */
record StartFailure(Throwable failure) {

    /** One line. */
    String reason() {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null && cause != cause.getCause(); cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException bind) {
                return "port " + bind.getPort() + " of " + bind.getHost() + " is in use or not allowed;"
                        + " stop what uses it, or set quarkus.management.port (or quarkus.http.port) to another";
            }
            if (cause instanceof BindException) {
                return "a port is in use or not allowed (" + cause.getMessage()
                        + "); stop what uses it, or set quarkus.management.port to another";
            }
            last = cause;
        }
        return "the log says why (" + last.getClass().getSimpleName() + ")";
    }
}
