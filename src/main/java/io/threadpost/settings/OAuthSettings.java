package io.threadpost.settings;

import java.net.URI;
import java.util.Optional;

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
    /** The settings of a login by password or OAuth 2. */
    record Keys(
            Setting<String> username,
            Setting<String> password,
            Setting<URI> tokenUrl,
            Setting<String> clientId,
            Setting<String> clientSecret,
            Setting<String> refreshToken,
            Setting<String> scope) {}

    /**
     * Empty for a login without OAuth 2.
     *
     * @param name of the member of a family, otherwise any
     */
    static Optional<OAuthSettings> of(SettingValues values, Keys keys, String name) {
        return Optional.ofNullable(values.get(keys.tokenUrl(), name))
                .map(url -> new OAuthSettings(
                        url,
                        values.get(keys.clientId(), name),
                        values.get(keys.clientSecret(), name),
                        values.get(keys.refreshToken(), name),
                        values.get(keys.scope(), name)));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "OAuthSettings[tokenUrl=" + tokenUrl + ", clientId=" + clientId
                + ", clientSecret=***, refreshToken=***, scope=" + scope + "]";
    }
}
