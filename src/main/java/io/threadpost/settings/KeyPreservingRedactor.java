package io.threadpost.settings;

import java.util.Comparator;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.threadpost.secrets.Redactor;

/**
 * Redacts what is said about settings, and leaves their keys and variables as they are: a password may look like a part
 * of its own key. A name that people choose within a key is redacted as all other text: a token may have been pasted
 * there.
 */
final class KeyPreservingRedactor {
    /** Each alternative has a group for the name within it, if there is one. */
    private static final Pattern KEYS = Pattern.compile(Stream.concat(
                    Stream.of(PropertiesFile.NAME),
                    SettingsCatalogue.withFiles().stream()
                            .flatMap(setting -> Stream.of(setting.key(), setting.example()))
                            .flatMap(key -> Stream.of(key, variable(key))))
            .distinct()
            .sorted(Comparator.comparing(String::length).reversed())
            .map(key -> Pattern.quote(key).replace(SettingFamily.NAME, "\\E([A-Za-z0-9_-]+?)\\Q"))
            .collect(Collectors.joining("|", "(?<![A-Za-z0-9_.-])(?:", ")(?![A-Za-z0-9_-])")));

    private final Redactor redactor;
    private final boolean preserving;

    KeyPreservingRedactor(Set<String> secrets) {
        this.redactor = new Redactor(secrets);
        // A whole line of a file that was pasted as a secret is one secret.
        this.preserving =
                secrets.stream().noneMatch(secret -> KEYS.matcher(secret).find());
    }

    private static String variable(String key) {
        return key.contains(SettingFamily.NAME)
                ? SettingOrigin.variable(key.substring(0, key.indexOf(SettingFamily.NAME)))
                        + SettingFamily.NAME
                        + SettingOrigin.variable(
                                key.substring(key.indexOf(SettingFamily.NAME) + SettingFamily.NAME.length()))
                : SettingOrigin.variable(key);
    }

    SettingProblem redact(SettingProblem problem) {
        return new SettingProblem(
                redact(problem.place()), redact(problem.key()), redact(problem.what()), problem.warning());
    }

    private String redact(String text) {
        if (!preserving) {
            return redactor.redact(text);
        }
        StringBuilder redacted = new StringBuilder(text.length());
        int end = 0;
        for (Matcher key = KEYS.matcher(text); key.find(); end = key.end()) {
            redacted.append(redactor.redact(text.substring(end, key.start())));
            int copied = key.start();
            for (int group = 1; group <= key.groupCount(); group++) {
                if (key.group(group) != null) {
                    redacted.append(text, copied, key.start(group)).append(redactor.redact(key.group(group)));
                    copied = key.end(group);
                }
            }
            redacted.append(text, copied, key.end());
        }
        return redacted.append(redactor.redact(text.substring(end))).toString();
    }
}
