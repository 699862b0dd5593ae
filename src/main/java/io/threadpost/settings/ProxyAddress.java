package io.threadpost.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an HTTP proxy is.
 *
 * @param username empty for no login
 * @param password empty for none
 */
public record ProxyAddress(String host, int port, String username, String password) {
    private static final Pattern URL = Pattern.compile(
            "(?i)(?:https?://)?(?:(?<login>[^/?#]*)@)?(?<host>\\[[^\\]]+]|[^:/?#@\\[\\]]+)(?::(?<port>\\d{1,5}))?/?");

    /**
     * Reads {@code http://USER:PASSWORD@HOST:PORT}, user and password percent-encoded; scheme, login and port may be
     * left out. A proxy is called without TLS, also with the scheme https.
     */
    public static Optional<ProxyAddress> of(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches() || url.matches("(?i)(?!https?:)[a-z0-9+.-]+://.*")) {
            return Optional.empty();
        }
        int port = parts.group("port") == null ? 80 : Integer.parseInt(parts.group("port"));
        try {
            String host = new URI("http", null, parts.group("host"), port, null, null, null).getHost();
            String[] login = (parts.group("login") == null ? "" : parts.group("login")).split(":", 2);
            return host == null || port > 65_535 || port == 0
                    ? Optional.empty()
                    : Optional.of(new ProxyAddress(
                            host.replaceAll("[\\[\\]]", ""),
                            port,
                            decoded(login[0]),
                            login.length > 1 ? decoded(login[1]) : ""));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same with another login. */
    ProxyAddress with(String user, String secret) {
        return new ProxyAddress(host, port, user, secret);
    }

    /** A plus is a plus here. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ProxyAddress[" + host + ":" + port + ", username=" + username + ", password=***]";
    }
}
