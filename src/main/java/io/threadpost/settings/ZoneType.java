package io.threadpost.settings;

import java.time.DateTimeException;
import java.time.ZoneId;

/** A time zone. */
record ZoneType() implements ValueType<ZoneId> {
    @Override
    public ZoneId parse(String text) throws InvalidSettingValue {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new InvalidSettingValue("`" + text + "` is no time zone; write one like Europe/Prague");
        }
    }

    @Override
    public String form() {
        return "time zone such as Europe/Prague";
    }
}
