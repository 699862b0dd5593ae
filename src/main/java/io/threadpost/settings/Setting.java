package io.threadpost.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One setting people can make: a line of the {@link SettingsCatalogue}.
 *
 * @param <T> its typed value
 * @param key its name, with {@code <name>} where people choose one
 * @param type what its text means
 * @param byDefault the text that holds when nobody sets it; empty for none
 * @param description what it decides, in one sentence
 */
record Setting<T>(String key, ValueType<T> type, String byDefault, String description) {
    static final String NAME = "<name>";

    /** Whose name people choose, when this is one setting for each name. */
    Optional<SettingFamily> family() {
        return SettingFamily.of(key);
    }

    /** For a secret: the sibling that names the file it is in. */
    Setting<Path> file() {
        return new Setting<>(key + SecretKeys.FILE, new PathText(), "", "The file that " + key + " is in.");
    }

    /** The key for one name; for a setting without names, its key. */
    String key(String name) {
        return family().map(settingFamily -> settingFamily.key(key, name)).orElse(key);
    }

    /** The key as examples write it. */
    String example() {
        return key(SettingFamily.MAIN);
    }
}
