package io.threadpost.settings;

import java.text.ParseException;
import java.util.Date;

import org.quartz.CronExpression;

/** Times, as Quartz' cron expressions have them. */
record Cron() implements ValueType<String> {
    @Override
    public String parse(String text) throws InvalidSettingValue {
        try {
            if (new CronExpression(text).getNextValidTimeAfter(new Date()) == null) {
                throw new InvalidSettingValue("`" + text + "` never comes; write one like 0 0 7 * * ?");
            }
            return text;
        } catch (ParseException e) {
            throw new InvalidSettingValue(
                    "`" + text + "` is no cron expression (" + e.getMessage() + "); write one like 0 0 7 * * ?");
        }
    }

    @Override
    public String form() {
        return "cron expression with seconds, such as 0 0 7 * * ?";
    }
}
