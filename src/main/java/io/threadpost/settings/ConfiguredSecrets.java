package io.threadpost.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.threadpost.secrets.WeakSecrets;

/**
 * The secrets that are set: those of the {@link SettingsCatalogue}, and those in custom settings and environment
 * variables. The latter are found by their name, by {@code threadpost.secrets}, and in URLs, as a login or as a
 * parameter such as {@code sig}.
 */
record ConfiguredSecrets(ConfigView view) {
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)[?&;](?:sig|signature|code|(?:[a-z_-]*[_-])?(?:token|password|secret|key)|apikey)=([^&;#\\s]+)");
    private static final Pattern LOGIN = Pattern.compile("://[^/?#@\\s:]*:([^/?#@\\s]+)@");
    /** Logs of an HTTP client have it without the host. What is shorter is rather a name than a secret. */
    private static final Pattern WEBHOOK_PATH = Pattern.compile("://[^/?#\\s]+/([^?#\\s]{12,})");

    /** In a URL or a variable, what is shorter is rather a word. */
    private static final int SHORTEST = 6;

    /** All of them: what redaction must find. */
    Set<String> all() {
        Set<String> secrets = credentials();
        secrets.addAll(own());
        return secrets;
    }

    /** The value of every secret of the catalogue that is set, whether valid or not. */
    Set<String> credentials() {
        Set<String> secrets = new TreeSet<>();
        for (Setting<?> setting : SettingsCatalogue.secrets()) {
            view.keys(setting)
                    .forEach(key ->
                            view.find(key).flatMap(ConfigView.Found::value).ifPresent(secrets::add));
        }
        return secrets;
    }

    /** The secrets in what is set besides Threadpost's settings. */
    Set<String> own() {
        Set<String> listed = view.find(SettingsCatalogue.SECRETS.key())
                .flatMap(ConfigView.Found::value)
                .map(keys -> Set.of(keys.split("\\s*,\\s*")))
                .orElse(Set.of());
        Set<String> secrets = new TreeSet<>();
        Set<String> keys = new TreeSet<>(listed);
        keys.addAll(view.writtenKeys());
        for (String key : keys) {
            // The proxy's URL may hold a login.
            if (!key.startsWith(SettingsCatalogue.PREFIX) || key.equals(SettingsCatalogue.NETWORK_PROXY.key())) {
                String secret =
                        key.endsWith(Setting.FILE) ? key.substring(0, key.length() - Setting.FILE.length()) : key;
                view.find(secret)
                        .flatMap(ConfigView.Found::value)
                        .ifPresent(value -> addOwn(secret, value, listed, secrets));
            }
        }
        view.find(SettingsCatalogue.ALERTS_WEBHOOK.key())
                .flatMap(ConfigView.Found::value)
                .ifPresent(url -> Stream.of(WEBHOOK_PATH, PARAMETER, LOGIN)
                        .forEach(part -> addFromUrl(part.matcher(url), secrets)));
        // Routes read the environment as {{env:NAME}}.
        view.environment().forEach((name, value) -> {
            if (value.length() >= SHORTEST) {
                addOwn(name, value, listed, secrets);
            }
        });
        return secrets;
    }

    private static void addOwn(String key, String value, Set<String> listed, Set<String> secrets) {
        if (listed.contains(key) && !value.isBlank() || SecretKeys.hides(key, value) && !WeakSecrets.isWeak(value)) {
            secrets.add(value);
        }
        addFromUrl(PARAMETER.matcher(value), secrets);
        addFromUrl(LOGIN.matcher(value), secrets);
    }

    private static void addFromUrl(Matcher matcher, Set<String> secrets) {
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
