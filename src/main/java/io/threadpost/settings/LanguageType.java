package io.threadpost.settings;

import java.util.List;
import java.util.Locale;

/** A language that digests are written in, with a country where dates differ. */
record LanguageType() implements ValueType<Locale> {
    /** Those that there are texts for. */
    static final List<String> ALL = List.of("en", "de", "cs");

    @Override
    public Locale parse(String text) throws InvalidSettingValue {
        Locale locale = Locale.forLanguageTag(text);
        if (!text.matches("[a-z]{2}(-[A-Z]{2})?") || !ALL.contains(locale.getLanguage())) {
            throw new InvalidSettingValue("`" + text + "` is no language that digests are written in; write " + form());
        }
        return locale;
    }

    @Override
    public String form() {
        return "en, de or cs, or one of them with a country, such as en-GB";
    }
}
