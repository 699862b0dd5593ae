package io.threadpost.sandbox;

/** Kinds of faults. Each strikes by its {@link Chance}; a client's mistake is refused in any case. */
public enum FaultKind {
    /** The answer takes longer, by {@link Faults#latency}. */
    LATENCY,
    /** 429, for {@link Faults#tooManyBurst} requests in a row. */
    TOO_MANY_REQUESTS,
    /** 500, 502 or 503, for {@link Faults#serverErrorBurst} requests in a row; some with {@code Retry-After}. */
    SERVER_ERROR,
    /** A proxy's HTML page with 200, 502 or 503; nothing was carried out. */
    HTML_PAGE,
    /** The connection is reset before anything was carried out. */
    RESET,
    /** 400 "Invalid cursor" to a valid cursor. */
    INVALID_CURSOR,
    /**
     * The cursor's thread is updated at this moment; if it no longer matches the filter then, the answer is empty, with
     * a null cursor.
     */
    CURSOR_UPDATED,
    /** Threads are updated while being paged, some of them on the page that would come next: {@link Faults#updates}. */
    UPDATES,
    /** The answer's cursor is the one that was sent, so paging would never end. */
    REPEATED_CURSOR,
    /** 204 for an empty page although it was not asked for. */
    NO_CONTENT,
    /** The answer is right, but its content type is {@code text/html}. */
    WRONG_CONTENT_TYPE,
    /** The body comes in pieces spread over {@link Faults#slowBody}. */
    SLOW_BODY,
    /** The connection is closed in the middle of the body; an add has been carried out. */
    TRUNCATED_BODY,
    /** An add is carried out and the connection closed without an answer; see {@link Faults#addVisibleAfter}. */
    LOST_ADD,
    /** An add is answered with {@link Faults#errorStatus} and not carried out. */
    FAILED_ADD,
    /**
     * An add is answered with {@link Faults#errorStatus} and carried out all the same, perhaps
     * {@link Faults#addVisibleAfter later}.
     */
    FALSE_ERROR
}
