package io.threadpost.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds references to a secret setting of Threadpost in a text: by its key, or by its environment variable. */
public final class SecretReference {
    /** What Camel replaces by a value. */
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

    /** Keys and variables alike: an environment variable has {@code _} for whatever is not a letter or digit. */
    private static String normal(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    /** Whether it refers to one. */
    public boolean in(String text) {
        return in(text, SETTING, "}}") || in(text, FUNCTION, "}");
    }

    /** Searches up to the last end only: behind it, each beginning would be followed to the end of the text in vain. */
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
