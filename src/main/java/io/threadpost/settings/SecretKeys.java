package io.threadpost.settings;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which keys hold secrets: Threadpost's by the {@link SettingsCatalogue}, custom ones by their name or because
 * {@code threadpost.secrets} lists them.
 */
final class SecretKeys {
    private static final Pattern OURS = Pattern.compile(
            SettingsCatalogue.secrets().stream().map(SecretKeys::pattern).collect(Collectors.joining("|")));

    private static final Pattern NAMED =
            Pattern.compile("(?i:.*(?:token|password|passwd|passphrase|secret|api-?key))|.*(?:[._-](?i:key)|[a-z]Key)");
    private static final Pattern KEY = Pattern.compile("(?i).*key");

    /** Settings of frameworks, which protect their own secrets. */
    private static final Pattern FOREIGN = Pattern.compile("(?:quarkus|smallrye|mp|camel|java|sun|jdk|os)\\..*");

    private SecretKeys() {}

    private static String pattern(Setting<?> setting) {
        String named =
                Pattern.quote(setting.key()).replace(SettingFamily.NAME, "\\E" + SettingFamily.NAME_PATTERN + "\\Q");
        return named + "|" + Pattern.quote(setting.example());
    }

    /** Whether one of Threadpost's settings is a secret. */
    static boolean ours(String key) {
        return key.startsWith(SettingsCatalogue.PREFIX) && OURS.matcher(key).matches();
    }

    /**
     * Whether a custom setting is one.
     *
     * @param listed the keys in {@code threadpost.secrets}
     */
    static boolean own(String key, Set<String> listed) {
        return !key.startsWith(SettingsCatalogue.PREFIX)
                && !FOREIGN.matcher(key).matches()
                && (listed.contains(key) || NAMED.matcher(key).matches());
    }

    /**
     * Whether a value must be redacted because of the name it is set under, whoever reads it. A name that ends in
     * {@code key} may be that of a column: there, a value that may be a word is not a secret.
     */
    static boolean hides(String name, String value) {
        if (!NAMED.matcher(name).matches() || value.matches("(?i)true|false|yes|no|none|null|")) {
            return false;
        }
        return !KEY.matcher(name).matches() || value.length() >= 8 && value.matches(".*\\d.*|.{16,}|.*[a-z][A-Z].*");
    }
}
