package io.threadpost.connector;

/** The order in which waiting requests of one token get their slots. */
public enum Priority {
    /** A mail that becomes a thread: a person waits for it. */
    ADD,
    /** New and changed threads. */
    LIVE,
    /** Older time; it takes what the others leave. */
    BACKFILL
}
