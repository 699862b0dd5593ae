package io.threadpost.settings;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;

/** Where the first look into a mailbox begins: now, at the very beginning, or at a past time. */
record MailStartType() implements ValueType<PullStart> {
    @Override
    public PullStart parse(String text) throws InvalidSettingValue {
        return switch (text) {
            case "now" -> new PullStart.Back(Period.ZERO, Duration.ZERO);
            case "everything" -> new PullStart.At(Instant.EPOCH);
            default -> new PullStartType().parse(text);
        };
    }

    @Override
    public String form() {
        return "now, everything, or " + new PullStartType().form();
    }
}
