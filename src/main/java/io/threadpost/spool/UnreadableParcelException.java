package io.threadpost.spool;

/** The bytes of a parcel are damaged, or of a newer version of Threadpost. */
final class UnreadableParcelException extends RuntimeException {
    UnreadableParcelException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
