package io.threadpost.settings;

import java.util.Optional;

/** Kinds of text that settings know, for those that stand somewhere else. */
public enum TextFormat {
    CRON(new Cron()),
    ZONE(new ZoneType()),
    LANGUAGE(new LanguageType()),
    MAIL_ADDRESS(new MailAddresses(1)),
    MAIL_ADDRESSES(new MailAddresses(Integer.MAX_VALUE));

    private final ValueType<?> type;

    TextFormat(ValueType<?> type) {
        this.type = type;
    }

    /**
     * @param text not blank
     * @return what is wrong with it, a semicolon, and what to write instead; empty when it can be used
     */
    public Optional<String> refusal(String text) {
        try {
            type.parse(text.strip());
            return Optional.empty();
        } catch (InvalidSettingValue e) {
            return Optional.of(e.getMessage());
        }
    }
}
