package io.threadpost.settings;

/**
 * One setting people can make: a line of the {@link Catalogue}.
 *
 * @param <T> its typed value
 * @param key its name, with {@code <name>} where people choose one
 * @param type what its text means
 * @param byDefault the text that holds when nobody sets it; empty for none
 * @param description what it decides, in one sentence
 */
record Setting<T>(String key, ValueType<T> type, String byDefault, String description) {
    static final String NAME = "<name>";

    /** Whether this is a pattern, one setting for each name people choose. */
    boolean named() {
        return key.contains(NAME);
    }

    /** The key for one name. */
    String key(String name) {
        return key.replace(NAME, name);
    }
}
