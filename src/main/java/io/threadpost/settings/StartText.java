package io.threadpost.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;

/** Where the first pull begins; any time but the future. */
record StartText() implements ValueType<Start> {
    @Override
    public Start parse(String text) throws RefusedValue {
        Start start;
        Instant now = Instant.now();
        boolean future;
        try {
            start = text.matches("\\d+\\s*(s|m|h|d)")
                    ? new Start.Back(Period.ZERO, DurationText.parse(text).duration())
                    : Start.parse(text);
            future = start.from(now).isAfter(now.plus(Duration.ofMinutes(5)));
        } catch (DateTimeException | ArithmeticException e) {
            throw new RefusedValue(
                    "`" + text + "` is neither an instant nor a period back from now; write it " + form());
        }
        if (future) {
            throw new RefusedValue("`" + text + "` lies in the future; write a past instant, or a period back from now"
                    + " such as P7D");
        }
        return start;
    }

    @Override
    public String form() {
        return "like 2026-01-01T00:00:00Z, 2026-01-01, P7D, P3M or PT1H";
    }
}
