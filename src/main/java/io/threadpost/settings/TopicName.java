package io.threadpost.settings;

import java.util.regex.Pattern;

/** The name of a topic, as Kafka allows it. */
record TopicName() implements ValueType<String> {
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    @Override
    public String parse(String text) throws InvalidSettingValue {
        if (!NAME.matcher(text).matches()) {
            throw new InvalidSettingValue(
                    "`" + text + "` is not the name of a topic; write letters, digits, `.`, `_` and `-`");
        }
        return text;
    }

    @Override
    public String form() {
        return "name of a topic";
    }
}
