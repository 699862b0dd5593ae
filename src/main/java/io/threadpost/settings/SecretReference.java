package io.threadpost.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds where a text takes a secret setting of Threadpost's own: by its key, or by the environment variable of it. */
public final class SecretReference {
    /** What Camel puts a value in place of. */
    private static final Pattern SETTING = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);

    private static final Pattern FUNCTION = Pattern.compile("\\$(?:simple)?\\{([^}]*)}");

    private final Pattern secrets = Pattern.compile(SettingsCatalogue.settings().stream()
            .filter(setting -> setting.type().secret())
            .flatMap(setting -> forms(setting).stream())
            .map(SecretReference::normal)
            .map(key -> key.replace(normal(SettingFamily.NAME), "[a-z0-9_]+?"))
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
        return in(text, SETTING, "}}") || in(text, FUNCTION, "}");
    }

    /**
     * Behind the last end there is nothing to be found, but each beginning there would be followed up to the end of the
     * text.
     */
    private boolean in(String text, Pattern placeholder, String end) {
        int last = text.lastIndexOf(end);
        return last >= 0
                && placeholder
                        .matcher(text.substring(0, last + end.length()))
                        .results()
                        .anyMatch(
                                match -> secrets.matcher(normal(match.group(1))).find());
    }
}
