package io.threadpost.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** The texts of mails in one language, with plural forms. */
public final class MailTexts {
    private final Locale locale;
    private final Map<String, String> words;

    private MailTexts(Locale locale, Map<String, String> words) {
        this.locale = locale;
        this.words = words;
    }

    /** @throws IllegalArgumentException when there are no texts in that language, in one line for people */
    public static MailTexts of(Locale locale) {
        String file = "/templates/texts_" + locale.getLanguage() + ".properties";
        try (InputStream in = MailTexts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "there are no texts in `" + locale.toLanguageTag() + "`; write en, de or cs");
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return new MailTexts(
                    locale,
                    properties.stringPropertyNames().stream()
                            .collect(Collectors.toUnmodifiableMap(key -> key, properties::getProperty)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Locale locale() {
        return locale;
    }

    public Map<String, String> words() {
        return words;
    }

    /** @return the text with the values, numbers in the language's format */
    String text(String key, Object... values) {
        return new MessageFormat(words.get(key), locale).format(values);
    }
}
