package io.threadpost.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Where access tokens are asked for. Secrets travel there, so it has to be https, but for this machine itself. */
record TokenUrl() implements ValueType<URI> {
    private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

    @Override
    public URI parse(String text) throws InvalidSettingValue {
        if (text.contains("@") || text.contains("#")) {
            // Not quoted: it may hold a password.
            throw new InvalidSettingValue("must not hold a user, a password or a fragment; write " + form());
        }
        try {
            URI uri = new URI(text);
            boolean secure = "https".equals(uri.getScheme());
            if (uri.getHost() != null && (secure || "http".equals(uri.getScheme()) && HERE.contains(uri.getHost()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new InvalidSettingValue("`" + text + "` is no address with https; write " + form());
    }

    @Override
    public String form() {
        return "a URL such as https://oauth2.googleapis.com/token";
    }
}
