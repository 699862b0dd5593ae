package io.threadpost.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One setting: a line of the {@link SettingsCatalogue}.
 *
 * @param <T> its typed value
 * @param key its name, with {@code <name>} where people choose one
 * @param type what its text means
 * @param byDefault the text that holds when it is not set; empty for none
 * @param description what it decides, in one sentence
 */
public record Setting<T>(String key, ValueType<T> type, String byDefault, String description) {
    /** What the key of a secret ends with to name the file that the secret is in. */
    static final String FILE = "-file";

    /** The family whose members have this setting each; empty for a single setting. */
    Optional<SettingFamily> family() {
        return SettingFamily.of(key);
    }

    /** For a secret: the setting that names its file. */
    Setting<Path> file() {
        return new Setting<>(key + FILE, PlainTypes.path(), "", "The file that " + key + " is in.");
    }

    /** The key for one member of a family; for a single setting, its key. */
    String key(String name) {
        return family().map(settingFamily -> settingFamily.key(key, name)).orElse(key);
    }

    /** The key as examples write it. */
    String example() {
        return key(SettingFamily.MAIN);
    }

    /** The typed default; the type's value for what is not set when there is none, which may be null. */
    T defaultValue() {
        try {
            return byDefault.isEmpty() ? type.unset() : type.parse(byDefault);
        } catch (InvalidSettingValue e) {
            throw new IllegalStateException(key + " refuses its own default", e);
        }
    }
}
