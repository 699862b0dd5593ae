package io.threadpost.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The typed value of every setting, by key; of a setting without a value, its default. */
final class SettingValues {
    private final Map<String, Object> values = new TreeMap<>();

    /**
     * Stores a value.
     *
     * @param value null where there is none
     */
    <T> void put(Setting<T> setting, String key, T value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    /** The value of a single setting; for a text or list without one, an empty one; null when there is none. */
    <T> T get(Setting<T> setting) {
        return get(setting, SettingFamily.MAIN);
    }

    /** The value that a member of a family has, likewise. */
    @SuppressWarnings("unchecked")
    <T> T get(Setting<T> setting, String name) {
        // Only put writes the map, with a value of the setting's own type.
        return (T) values.get(setting.key(name));
    }

    /** The value of a single setting; empty when there is none. */
    <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable(get(setting));
    }

    /** The values of all secrets. */
    Set<String> secrets() {
        Set<String> secrets = new TreeSet<>();
        values.forEach((key, value) -> {
            if (SecretKeys.ours(key) && value instanceof String secret && !secret.isEmpty()) {
                secrets.add(secret);
            }
        });
        return secrets;
    }

    /** What is set or has a default, without the secrets. */
    @Override
    public String toString() {
        Map<String, Object> shown = new TreeMap<>(values);
        shown.values().removeIf(""::equals);
        shown.replaceAll((key, value) -> SecretKeys.ours(key) ? "***" : value);
        return shown.toString();
    }
}
