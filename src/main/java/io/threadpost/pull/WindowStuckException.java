package io.threadpost.pull;

/** A window cannot be drained for now: alarm, and another try after a while. */
final class WindowStuckException extends RuntimeException {
    WindowStuckException(String message) {
        super(message);
    }
}
