package io.threadpost.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;

/** Where the first pull begins; any time but the future. */
record PullStartType() implements ValueType<PullStart> {
    @Override
    public PullStart parse(String text) throws InvalidSettingValue {
        PullStart pullStart;
        Instant now = Instant.now();
        boolean future;
        try {
            pullStart = text.matches("\\d+\\s*(s|m|h|d)")
                    ? new PullStart.Back(Period.ZERO, DurationText.parse(text).duration())
                    : PullStart.parse(text);
            future = pullStart.from(now).isAfter(now.plus(Duration.ofMinutes(5)));
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidSettingValue(
                    "`" + text + "` is neither an instant nor a period back from now; write it " + form());
        }
        if (future) {
            throw new InvalidSettingValue("`" + text
                    + "` lies in the future; write a past instant, or a period back from now" + " such as P7D");
        }
        return pullStart;
    }

    @Override
    public String form() {
        return "like 2026-01-01T00:00:00Z, 2026-01-01, P7D, P3M or PT1H";
    }
}
