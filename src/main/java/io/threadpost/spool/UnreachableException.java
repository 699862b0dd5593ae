package io.threadpost.spool;

/**
 * Thrown by a route's step when the target never heard of the item: there was no connection, or no login. Whatever
 * others do meanwhile, the item is not to blame.
 */
public final class UnreachableException extends TargetDownException {
    /**
     * @param reason one line for people, without secrets
     * @param cause what came before; its text is not shown
     */
    public UnreachableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
