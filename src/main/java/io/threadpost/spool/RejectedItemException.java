package io.threadpost.spool;

/** Thrown by a route's step when an item can never succeed: it is dead at once, with this reason. */
public final class RejectedItemException extends RuntimeException {
    /** @param reason one line for people */
    public RejectedItemException(String reason) {
        super(reason);
    }

    /** Camel wraps what is thrown inside of expressions and beans. */
    static boolean in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RejectedItemException) {
                return true;
            }
        }
        return false;
    }
}
