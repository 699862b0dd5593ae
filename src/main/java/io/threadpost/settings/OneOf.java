package io.threadpost.settings;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of a few words. */
record OneOf<E extends Enum<E>>(Class<E> words) implements ValueType<E> {
    @Override
    public E parse(String text) throws InvalidSettingValue {
        for (E word : words.getEnumConstants()) {
            if (word(word).equals(text)) {
                return word;
            }
        }
        throw new InvalidSettingValue("`" + text + "` cannot be used; write one of " + form());
    }

    @Override
    public String form() {
        return Stream.of(words.getEnumConstants()).map(OneOf::word).collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
