package io.threadpost.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Typed values of single settings, and what is wrong with those that were written. */
final class Values {
    private final ConfigView view;
    private final List<SettingProblem> problems = new ArrayList<>();

    Values(ConfigView view) {
        this.view = view;
    }

    /** In the order in which they were found. */
    List<SettingProblem> problems() {
        return problems;
    }

    /** The value; its default when it is not set or cannot be used, null when there is no default. */
    <T> T get(Setting<T> setting) {
        return get(setting, setting.key());
    }

    /** The same for one member of a family. @param key of that member */
    <T> T get(Setting<T> setting, String key) {
        Optional<ConfigView.Found> found = view.find(key);
        if (found.isPresent()) {
            SettingOrigin settingOrigin = found.get().place();
            Optional<String> value = found.get().value();
            if (value.isEmpty()) {
                found.get().problem().ifPresent(problems::add);
            } else {
                try {
                    return setting.type().parse(value.get());
                } catch (InvalidSettingValue e) {
                    problems.add(settingOrigin.problem(key, e.getMessage()));
                }
            }
        }
        return byDefault(setting);
    }

    /** The value, empty when there is none. */
    String text(Setting<String> setting) {
        return text(setting, setting.key());
    }

    /** The same for one member of a family. @param key of that member */
    String text(Setting<String> setting, String key) {
        String text = get(setting, key);
        return text == null ? "" : text;
    }

    /** The value; it is a problem when it is not set. */
    <T> T needed(Setting<T> setting) {
        return needed(setting, setting.key());
    }

    /** The same for one member of a family. @param key of that member */
    <T> T needed(Setting<T> setting, String key) {
        if (view.find(key).isEmpty()) {
            problems.add(view.emptyPlace(key)
                    .missing(
                            key,
                            "missing; set " + ConfigView.variable(key) + " in the environment, or the key in "
                                    + PropertiesFile.NAME));
        }
        return get(setting, key);
    }

    /** What an application needs to log in by OAuth 2. @param name of the member of a family that it is for */
    void oauth(Setting<String> client, Setting<String> secret, String refreshToken, String name) {
        needed(client, client.key(name));
        if (refreshToken.isEmpty()) {
            needed(secret, secret.key(name));
        }
    }

    /** A user and a password: one is missing when only the other is there. */
    void bothOrNone(Setting<String> username, Setting<String> password) {
        boolean user = view.find(username.key()).isPresent();
        if (user != view.find(password.key()).isPresent()) {
            needed(user ? password : username);
        }
    }

    /** Values that do not go together, or that cannot be used here. @param what is wrong, and what to do */
    void wrong(String key, String what) {
        problems.add(view.place(key).problem(key, what));
    }

    private static <T> T byDefault(Setting<T> setting) {
        if (setting.byDefault().isEmpty()) {
            return null;
        }
        try {
            return setting.type().parse(setting.byDefault());
        } catch (InvalidSettingValue e) {
            throw new IllegalStateException(setting.key() + " has a default that it refuses", e);
        }
    }
}
