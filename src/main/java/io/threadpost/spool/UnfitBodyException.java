package io.threadpost.spool;

/** A body that cannot be stored in a spool because of its content. */
final class UnfitBodyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** @param reason one line for people */
    UnfitBodyException(String reason) {
        super(reason);
    }
}
