package io.threadpost.settings;

/**
 * What a setting's text means.
 *
 * @param <T> the typed value
 */
interface ValueType<T> {

    /**
     * Reads the text.
     *
     * @param text never blank, without surrounding space
     * @throws InvalidSettingValue with what is wrong and what to write instead
     */
    T parse(String text) throws InvalidSettingValue;

    /** What may be written, for people: {@code from 1s to 1d}. */
    String form();

    /** Whether the text must never be shown. */
    default boolean secret() {
        return false;
    }
}
