package io.threadpost.pull;

/** No route consumes from {@code direct:route-thread}: the window waits. */
final class RouteMissingException extends RuntimeException {
    RouteMissingException(Exception cause) {
        super("no route direct:route-thread is running, so threads wait; see routes/route-thread.camel.yaml", cause);
    }
}
