package io.threadpost.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Scheme, host and port of the platform. The path is ours to add, so none is accepted. */
record PlatformAddress() implements ValueType<URI> {
    @Override
    public URI parse(String text) throws InvalidSettingValue {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidSettingValue("is not a URL; write one like https://api.mews.com");
        }
        if (uri.getRawUserInfo() != null || text.contains("@")) {
            // Not quoted: what stands before the @ may be a password.
            throw new InvalidSettingValue("must not hold a user name or password; write scheme and host only");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http") || uri.getHost() == null) {
            throw new InvalidSettingValue(
                    "`" + text + "` is not a URL with http or https; write one like https://api.mews.com");
        }
        String path = uri.getRawPath();
        if (!path.isEmpty() && !path.equals("/") || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new InvalidSettingValue("`" + text + "` has a path; write `" + scheme + "://" + uri.getRawAuthority()
                    + "`, the rest is added to it");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new InvalidSettingValue("`" + text + "` has no such port; write one from 1 to 65535");
        }
        return URI.create(scheme + "://" + uri.getRawAuthority());
    }

    @Override
    public String form() {
        return "URL without a path";
    }
}
