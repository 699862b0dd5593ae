package io.threadpost.pull;

/** A window cannot be drained for now: it is reported and retried after a while. */
final class WindowStuckException extends RuntimeException {
    WindowStuckException(String message) {
        super(message);
    }
}
