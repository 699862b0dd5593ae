package io.threadpost.spool;

/** Thrown by a route's step when an item can never succeed: it is dead at once, with this reason. */
public final class RejectedItemException extends RuntimeException {
    /** @param reason one line for people */
    public RejectedItemException(String reason) {
        super(reason);
    }
}
