package io.threadpost.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the secrets among what is set besides our settings: by their name, by {@code threadpost.secrets}, and in URLs,
 * as a login or as a parameter such as {@code sig}.
 */
final class OwnSecrets {
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)[?&;](?:sig|signature|code|(?:[a-z_-]*[_-])?(?:token|password|secret|key)|apikey)=([^&;#\\s]+)");
    private static final Pattern LOGIN = Pattern.compile("://[^/?#@\\s:]*:([^/?#@\\s]+)@");

    /** In a URL, what is shorter is rather a word. */
    private static final int SHORTEST = 6;

    private final Set<String> listed;
    private final Set<String> secrets = new TreeSet<>();

    /** @param listed keys that are secrets whatever their name is */
    OwnSecrets(Set<String> listed) {
        this.listed = listed;
    }

    /** Looks at one setting. @param value as it is read */
    OwnSecrets setting(String key, String value) {
        if (listed.contains(key) && !value.isBlank() || SecretKeys.hides(key, value) && !WeakSecrets.weak(value)) {
            secrets.add(value);
        }
        url(PARAMETER.matcher(value));
        url(LOGIN.matcher(value));
        return this;
    }

    /** Looks at the environment, which routes read as {@code {{env:NAME}}}. */
    OwnSecrets environment(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (value.length() >= SHORTEST) {
                setting(name, value);
            }
        });
        return this;
    }

    /** What was found. */
    Set<String> found() {
        return secrets;
    }

    private void url(Matcher matcher) {
        while (matcher.find()) {
            String written = matcher.group(1);
            if (written.length() >= SHORTEST) {
                secrets.add(written);
                try {
                    secrets.add(URLDecoder.decode(written, StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    // Not encoded: then there is no other form of it.
                    continue;
                }
            }
        }
    }
}
