package io.threadpost.settings;

import java.net.URI;
import java.util.List;

/**
 * How access tokens for a mailbox or mail server are had.
 *
 * @param tokenUrl where they are asked for
 * @param clientId the application's id
 * @param clientSecret empty for an application without one
 * @param refreshToken the first one; empty when the application logs in for itself (client credentials)
 * @param scope what is asked for; empty for what the refresh token stands for
 */
public record OAuthSettings(URI tokenUrl, String clientId, String clientSecret, String refreshToken, String scope) {
    /** Those of them that must not be seen; empty where there are none. */
    List<String> secrets() {
        return List.of(clientSecret, refreshToken);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "OAuthSettings[tokenUrl=" + tokenUrl + ", clientId=" + clientId
                + ", clientSecret=***, refreshToken=***, scope=" + scope + "]";
    }
}
