package io.threadpost.spool;

/**
 * Thrown by a route's step when the target never heard of the item: there was no connection, or no login. The item is
 * no suspect.
 */
public final class UnreachableException extends TargetDownException {
    /**
     * @param reason one line for people, without secrets
     * @param cause its text is not shown
     */
    public UnreachableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
