package io.threadpost.connector;

/** The kind of a failed call, and so what may be done next. Statuses as the platform documents them. */
public enum ConnectorFailure {
    /** 400: malformed, or an identifier that does not exist; never to be repeated unchanged. */
    INVALID("the request will not be repeated as it stands"),
    /** 401: the token is refused, or lacks the permission, until a person acts; only slow probes. */
    UNAUTHORIZED("check the tokens, and that the integration is enabled"),
    /** 403: a business rule; the message is meant for the hotel's people. */
    FORBIDDEN("the message is for the hotel's people"),
    /** 404: wrong address. */
    NOT_FOUND("check threadpost.connector.address"),
    /** 408: ask for less; a plain repetition does not help. */
    TOO_HEAVY("less will be asked for"),
    /** 409: the data changed meanwhile; read it again, then repeat. */
    CONFLICT("it will be tried again"),
    /** 413: the body is too large; with less in it. */
    TOO_LARGE("the request is too large"),
    /** 429: over the limit; all requests of this token wait. */
    RATE_LIMITED("all requests of this token wait"),
    /** 5xx: the platform's own failure. */
    UNAVAILABLE("it will be tried again"),
    /** The connection could not be opened: nothing was executed. */
    UNREACHABLE("check threadpost.connector.address and the network"),
    /** No usable response arrived: the request may have been executed. */
    NO_ANSWER("it will be tried again"),
    /** A response that the platform does not document. */
    UNEXPECTED("check threadpost.connector.address"),
    /** The caller was asked to stop while it waited; nothing was sent. */
    STOPPED("stopped");

    private final String advice;

    ConnectorFailure(String advice) {
        this.advice = advice;
    }

    String advice() {
        return advice;
    }

    /** Whether only a person can fix it: it is probed slowly, and shows in health. */
    public boolean needsPerson() {
        return this == UNAUTHORIZED || this == FORBIDDEN || this == NOT_FOUND || this == UNEXPECTED;
    }

    /**
     * Whether the platform may have carried out the request: what it adds must be read back before it is added again.
     */
    public boolean mayHaveTakenEffect() {
        return this == TOO_HEAVY || this == CONFLICT || this == UNAVAILABLE || this == NO_ANSWER || this == UNEXPECTED;
    }

    static ConnectorFailure ofStatus(int status) {
        return switch (status) {
            case 400 -> INVALID;
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 408 -> TOO_HEAVY;
            case 409 -> CONFLICT;
            case 413 -> TOO_LARGE;
            case 429 -> RATE_LIMITED;
            default -> status >= 500 ? UNAVAILABLE : UNEXPECTED;
        };
    }
}
