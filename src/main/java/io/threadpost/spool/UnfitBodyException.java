package io.threadpost.spool;

/** A body that cannot lie in a spool because of what is in it, whoever hands it over however often. */
final class UnfitBodyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** @param reason one line for people */
    UnfitBodyException(String reason) {
        super(reason);
    }
}
