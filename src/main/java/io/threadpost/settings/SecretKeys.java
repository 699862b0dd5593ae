package io.threadpost.settings;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which settings hold secrets: ours by the {@link SettingsCatalogue}, those of an engineer's own by their name or
 * because he lists them.
 */
final class SecretKeys {
    /** What a setting is called that names the file a secret is in. */
    static final String FILE = "-file";

    private static final Pattern OURS = Pattern.compile(SettingsCatalogue.settings().stream()
            .filter(setting -> setting.type().secret())
            .map(SecretKeys::pattern)
            .collect(Collectors.joining("|")));

    private static final Pattern NAMED =
            Pattern.compile("(?i:.*(?:token|password|passwd|passphrase|secret|api-?key))|.*(?:[._-](?i:key)|[a-z]Key)");
    private static final Pattern KEY = Pattern.compile("(?i).*key");

    /** Written with others in mind: what is secret there is their business. */
    private static final Pattern FOREIGN = Pattern.compile("(?:quarkus|smallrye|mp|camel|java|sun|jdk|os)\\..*");

    private SecretKeys() {}

    private static String pattern(Setting<?> setting) {
        String named = Pattern.quote(setting.key()).replace(Setting.NAME, "\\E[A-Za-z0-9_-]+\\Q");
        return named + "|" + Pattern.quote(setting.example());
    }

    /** Whether one of our settings is a secret. */
    static boolean ours(String key) {
        return key.startsWith(SettingsCatalogue.PREFIX) && OURS.matcher(key).matches();
    }

    /** Whether a setting of an engineer's own is one. @param listed the keys that he lists */
    static boolean own(String key, Set<String> listed) {
        return !key.startsWith(SettingsCatalogue.PREFIX)
                && !FOREIGN.matcher(key).matches()
                && (listed.contains(key) || NAMED.matcher(key).matches());
    }

    /**
     * Whether a value has to be kept out of every text because of the name it stands under, whoever reads it. A name
     * that ends in {@code key} may be that of a column: there a value that may be a word is none.
     */
    static boolean hides(String name, String value) {
        if (!NAMED.matcher(name).matches() || value.matches("(?i)true|false|yes|no|none|null|")) {
            return false;
        }
        return !KEY.matcher(name).matches() || value.length() >= 8 && value.matches(".*\\d.*|.{16,}|.*[a-z][A-Z].*");
    }
}
