package io.threadpost.settings;

import java.util.Optional;

/**
 * The mail server that digests are sent by.
 *
 * @param host empty when the target is off
 * @param port its port
 * @param username empty for no login
 * @param password empty when not set
 * @param oauth present with a login by OAuth 2
 * @param tls how the connection is encrypted
 */
public record SmtpSettings(
        String host, int port, String username, String password, Optional<OAuthSettings> oauth, Tls tls) {
    static SmtpSettings of(SettingValues values) {
        return new SmtpSettings(
                values.get(SettingsCatalogue.SMTP_HOST),
                values.get(SettingsCatalogue.SMTP_PORT),
                values.get(SettingsCatalogue.SMTP_USERNAME),
                values.get(SettingsCatalogue.SMTP_PASSWORD),
                OAuthSettings.of(values, OAuthSettings.SMTP, SettingFamily.MAIN),
                values.get(SettingsCatalogue.SMTP_TLS));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SmtpSettings[host=" + host + ", port=" + port + ", username=" + username + ", password=***, oauth="
                + oauth + ", tls=" + tls + "]";
    }
}
