package io.threadpost.spool;

/**
 * Thrown by a route's step when any other item would have failed as well: no attempt counts, the spool pauses and
 * retries.
 */
public class TargetDownException extends RuntimeException {
    /** @param reason one line for people, without secrets */
    public TargetDownException(String reason) {
        super(reason);
    }

    /**
     * @param reason one line for people, without secrets
     * @param cause its text is not shown
     */
    public TargetDownException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
