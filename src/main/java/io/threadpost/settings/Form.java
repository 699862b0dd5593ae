package io.threadpost.settings;

import java.util.Optional;

/** Kinds of text that settings know, for those that stand somewhere else. */
public enum Form {
    CRON(new Cron()),
    ZONE(new Zone()),
    LANGUAGE(new Language()),
    MAIL_ADDRESS(new MailAddresses(1)),
    MAIL_ADDRESSES(new MailAddresses(Integer.MAX_VALUE));

    private final ValueType<?> type;

    Form(ValueType<?> type) {
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
        } catch (RefusedValue e) {
            return Optional.of(e.getMessage());
        }
    }
}
