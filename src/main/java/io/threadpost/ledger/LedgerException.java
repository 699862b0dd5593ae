package io.threadpost.ledger;

/** The ledger could not be read or written; nothing of the transaction took effect. */
public final class LedgerException extends RuntimeException {
    public LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
