package io.threadpost.connector;

/** A failed call to the platform. Its message is one line for people and holds no secret. */
public final class ConnectorException extends RuntimeException {
    private final ConnectorFailure connectorFailure;
    private final String requestId;
    private final long retryAfterMillis;
    private final boolean withoutCursor;

    private ConnectorException(
            String message, ConnectorFailure connectorFailure, String requestId, long retryAfterMillis) {
        super(message);
        this.withoutCursor = false;
        this.connectorFailure = connectorFailure;
        this.requestId = requestId;
        this.retryAfterMillis = retryAfterMillis;
    }

    private ConnectorException(ConnectorException failed) {
        super(failed.getMessage(), failed);
        this.connectorFailure = failed.connectorFailure;
        this.requestId = failed.requestId;
        this.retryAfterMillis = failed.retryAfterMillis;
        this.withoutCursor = true;
    }

    /** @return the same failure, of a request that had no cursor, whatever the caller asked for */
    ConnectorException ofRequestWithoutCursor() {
        return new ConnectorException(this);
    }

    /**
     * The platform answered with an error.
     *
     * @param said the platform's own message, or ""
     */
    static ConnectorException answered(
            String action, int status, String requestId, String said, long retryAfterMillis) {
        ConnectorFailure connectorFailure = ConnectorFailure.ofStatus(status);
        String message = action + " answered " + status + (requestId == null ? "" : " (Request-Id " + requestId + ")")
                + (said.isEmpty() ? "" : ": " + said) + "; " + advice(action, connectorFailure);
        return new ConnectorException(message, connectorFailure, requestId, retryAfterMillis);
    }

    /**
     * There was no usable answer.
     *
     * @param why what happened, one line
     * @param requestId null if there was none
     */
    static ConnectorException unanswered(
            String action, ConnectorFailure connectorFailure, String requestId, String why) {
        String message = action + (requestId == null ? "" : " (Request-Id " + requestId + ")") + ": " + why + "; "
                + advice(action, connectorFailure);
        return new ConnectorException(message, connectorFailure, requestId, 0);
    }

    private static String advice(String action, ConnectorFailure connectorFailure) {
        return action.equals(RequestWriter.ADD_MESSAGES) && connectorFailure.mayHaveTakenEffect()
                ? "the platform may have added the messages; read their threads before adding them again"
                : connectorFailure.advice();
    }

    /** @return what kind of failure it is */
    public ConnectorFailure failure() {
        return connectorFailure;
    }

    /** @return whether the platform may reject the caller's cursor by it */
    public boolean mayRejectCursor() {
        return connectorFailure == ConnectorFailure.INVALID && !withoutCursor;
    }

    /** @return the platform's id of the request, or null when there was no response */
    public String requestId() {
        return requestId;
    }

    /** @return milliseconds that the platform asks to wait, from its response on; 0 when it does not ask */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }
}
