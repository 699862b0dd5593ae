package io.threadpost.settings;

import java.net.URI;

/**
 * How access tokens for a mailbox are had.
 *
 * @param tokenUrl where they are asked for
 * @param clientId the application's id
 * @param clientSecret empty for an application without one
 * @param refreshToken the first one; empty when the application logs in for itself (client credentials)
 * @param scope what is asked for; empty for what the refresh token stands for
 */
public record OAuthSettings(URI tokenUrl, String clientId, String clientSecret, String refreshToken, String scope) {
    /** Without the secrets. */
    @Override
    public String toString() {
        return "OAuthSettings[tokenUrl=" + tokenUrl + ", clientId=" + clientId
                + ", clientSecret=***, refreshToken=***, scope=" + scope + "]";
    }
}
