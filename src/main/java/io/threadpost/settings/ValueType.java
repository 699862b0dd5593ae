package io.threadpost.settings;

/**
 * What the text of a setting means.
 *
 * @param <T> the typed value
 * @param format what may be written, for people: {@code from 1s to 1d}
 * @param secret whether the text must never be shown
 * @param unset the value of a setting that is not set and has no default; null when there is none
 * @param parser reads the text
 */
record ValueType<T>(String format, boolean secret, T unset, Parser<T> parser) {

    /**
     * Reads a text.
     *
     * @param <T> the typed value
     */
    interface Parser<T> {
        /**
         * @param text never blank, without surrounding space
         * @throws InvalidSettingValue with what is wrong and what to write instead
         */
        T parse(String text) throws InvalidSettingValue;
    }

    /** A type without a value for what is not set. */
    static <T> ValueType<T> of(String format, Parser<T> parser) {
        return new ValueType<>(format, false, null, parser);
    }

    /** A text, empty when it is not set. */
    static ValueType<String> ofText(String format, Parser<String> parser) {
        return new ValueType<>(format, false, "", parser);
    }

    /** Reads a text that is not blank and has no surrounding space. */
    T parse(String text) throws InvalidSettingValue {
        return parser.parse(text);
    }
}
