package io.threadpost.oauth;

/** There is no access token to be had. Its message is one line for people, without secrets. */
public final class NoTokenException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final boolean refused;

    NoTokenException(String message, boolean refused, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    /** @return whether it stays so until a person acts, or less is asked */
    public boolean refused() {
        return refused;
    }
}
