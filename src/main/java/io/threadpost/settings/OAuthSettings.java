package io.threadpost.settings;

import java.net.URI;
import java.util.List;

/**
 * How to obtain access tokens for a mailbox or mail server.
 *
 * @param tokenUrl the token endpoint
 * @param clientId the application's id
 * @param clientSecret empty for an application without one
 * @param refreshToken the first one; empty for the client credentials grant
 * @param scope what is requested; empty for the scope of the refresh token
 */
public record OAuthSettings(URI tokenUrl, String clientId, String clientSecret, String refreshToken, String scope) {
    /** Those of them that are secrets; empty where there are none. */
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
