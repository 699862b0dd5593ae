package io.threadpost.settings;

import java.util.Optional;

/**
 * The mail server that digests go out by.
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
    /** Without the password. */
    @Override
    public String toString() {
        return "SmtpSettings[host=" + host + ", port=" + port + ", username=" + username + ", password=***, oauth="
                + oauth + ", tls=" + tls + "]";
    }
}
