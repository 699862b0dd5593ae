package io.threadpost;

import java.net.BindException;

import io.quarkus.runtime.QuarkusBindException;
import org.eclipse.microprofile.config.Config;

/**
 * Why Quarkus did not start, for people.
 *
 * @param failure what it threw
 * @param config the running configuration
 */
record StartFailure(Throwable failure, Config config) {
    private static final String MANAGEMENT = "quarkus.management.port";

    /** One line. */
    String reason() {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException bind) {
                return port(bind.getPort() == management() ? MANAGEMENT : "quarkus.http.port", bind.getPort());
            }
            if (cause instanceof BindException) {
                // Only the management interface fails without naming its port.
                return port(MANAGEMENT, management());
            }
            last = cause;
        }
        return "the log says why (" + last.getClass().getSimpleName() + ")";
    }

    private int management() {
        return config.getOptionalValue(MANAGEMENT, Integer.class).orElse(9000);
    }

    private static String port(String key, int port) {
        return "port " + port + " is in use or not allowed; stop what uses it, or set " + key + " to another";
    }
}
