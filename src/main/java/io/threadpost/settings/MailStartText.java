package io.threadpost.settings;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;

/** Where the first look into a mailbox begins: now, at the very beginning, or at a past time. */
record MailStartText() implements ValueType<Start> {
    @Override
    public Start parse(String text) throws RefusedValue {
        return switch (text) {
            case "now" -> new Start.Back(Period.ZERO, Duration.ZERO);
            case "everything" -> new Start.At(Instant.EPOCH);
            default -> new StartText().parse(text);
        };
    }

    @Override
    public String form() {
        return "now, everything, or " + new StartText().form();
    }
}
