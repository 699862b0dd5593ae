package io.threadpost.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds where a text takes a secret setting of Threadpost's own: by its key, or by the environment variable of it. */
public final class SecretReference {
    /** What Camel puts a value in place of: {@code {{…}}}, <code>${…}</code>. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{(.*?)}}|\\$(?:simple)?\\{([^}]*)}", Pattern.DOTALL);

    private final Pattern secrets = Pattern.compile(Catalogue.settings().stream()
            .filter(setting -> setting.type().secret())
            .flatMap(setting -> forms(setting).stream())
            .map(SecretReference::normal)
            .map(key -> key.replace(normal(Setting.NAME), "[a-z0-9_]+?"))
            .collect(Collectors.joining("|", "(?<![a-z0-9])(?:", ")(?![a-z0-9]|_file)")));

    private static List<String> forms(Setting<?> setting) {
        return List.of(setting.key(), setting.example());
    }

    /** Keys and variables alike: an environment variable has {@code _} for whatever is no letter or digit. */
    private static String normal(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    /** Whether it takes one. */
    public boolean in(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .anyMatch(inside -> secrets.matcher(normal(inside)).find());
    }
}
