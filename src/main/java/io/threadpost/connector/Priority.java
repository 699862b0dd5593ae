package io.threadpost.connector;

/** Who goes first when several requests of one token wait for their slot. */
public enum Priority {
    /** A mail that becomes a thread: a person waits for it. */
    ADD,
    /** New and changed threads. */
    LIVE,
    /** Older time; it leaves a tenth of the limit to the others. */
    BACKFILL
}
