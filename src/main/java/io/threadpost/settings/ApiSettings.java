package io.threadpost.settings;

/**
 * Who may use the operator actions.
 *
 * @param token asked for as a bearer token; empty when this machine alone can reach them, and needs none
 */
public record ApiSettings(String token) {
    static final int SHORTEST = 16;

    /** Without the token. */
    @Override
    public String toString() {
        return "ApiSettings[token=" + (token.isEmpty() ? "" : "***") + "]";
    }
}
