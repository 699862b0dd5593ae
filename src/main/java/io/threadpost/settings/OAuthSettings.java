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
    /** The settings of the mail server's login. */
    static final Keys SMTP = new Keys(
            SettingsCatalogue.SMTP_USERNAME,
            SettingsCatalogue.SMTP_PASSWORD,
            SettingsCatalogue.SMTP_OAUTH_TOKEN_URL,
            SettingsCatalogue.SMTP_OAUTH_CLIENT_ID,
            SettingsCatalogue.SMTP_OAUTH_CLIENT_SECRET,
            SettingsCatalogue.SMTP_OAUTH_REFRESH_TOKEN,
            SettingsCatalogue.SMTP_OAUTH_SCOPE);

    /** The settings of a mailbox's login. */
    static final Keys MAILBOX = new Keys(
            SettingsCatalogue.MAIL_USERNAME,
            SettingsCatalogue.MAIL_PASSWORD,
            SettingsCatalogue.MAIL_OAUTH_TOKEN_URL,
            SettingsCatalogue.MAIL_OAUTH_CLIENT_ID,
            SettingsCatalogue.MAIL_OAUTH_CLIENT_SECRET,
            SettingsCatalogue.MAIL_OAUTH_REFRESH_TOKEN,
            SettingsCatalogue.MAIL_OAUTH_SCOPE);

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
