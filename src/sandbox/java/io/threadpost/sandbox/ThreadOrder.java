package io.threadpost.sandbox;

/** What "newest first" means; ties are broken by id, so the order is total and stable. */
public enum ThreadOrder {
    /** By {@code CreatedUtc}, descending. */
    NEWEST_CREATED,
    /** By {@code UpdatedUtc}, descending: an update moves a thread to the front. */
    NEWEST_UPDATED
}
