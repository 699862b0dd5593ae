package io.threadpost.settings;

import java.util.Optional;

/** Types of settings, for options of routes that take the same text. */
public enum TextFormat {
    CRON(TimeTypes.cron()),
    ZONE(TimeTypes.zone()),
    LANGUAGE(PlainTypes.language()),
    MAIL_ADDRESS(MailAddresses.type(1)),
    MAIL_ADDRESSES(MailAddresses.type(Integer.MAX_VALUE));

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
