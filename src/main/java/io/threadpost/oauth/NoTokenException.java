package io.threadpost.oauth;

/** No access token can be fetched. The message is one line for people, without secrets. */
public final class NoTokenException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final boolean refused;

    NoTokenException(String message, boolean refused, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    /** @return whether a person must act before it works again */
    public boolean refused() {
        return refused;
    }
}
