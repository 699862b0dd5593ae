package io.threadpost.sandbox;

/** The form of the {@code Retry-After} header on 429 and on some 5xx answers. */
public enum RetryAfterForm {
    /** Whole seconds, rounded up. */
    SECONDS,
    /** An HTTP date by the platform's clock, rounded up to the next second. */
    HTTP_DATE,
    /** No header at all: the client has to back off by itself. */
    NONE
}
