package io.threadpost.settings;

import java.time.Duration;

/** A duration within bounds, both inclusive. */
record DurationRange(Duration min, Duration max) implements ValueType<Duration> {
    @Override
    public Duration parse(String text) throws InvalidSettingValue {
        Duration duration = DurationText.parse(text).duration();
        if (duration.compareTo(min) < 0) {
            throw new InvalidSettingValue("`" + text + "` is too short; write a duration " + form());
        }
        if (duration.compareTo(max) > 0) {
            throw new InvalidSettingValue("`" + text + "` is too long; write a duration " + form());
        }
        return duration;
    }

    @Override
    public String form() {
        return "from " + new DurationText(min) + " to " + new DurationText(max);
    }
}
