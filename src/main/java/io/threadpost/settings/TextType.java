package io.threadpost.settings;

/** Any text on one line. */
record TextType() implements ValueType<String> {
    @Override
    public String parse(String text) throws InvalidSettingValue {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSettingValue("has a line break or another control character; write it on one line");
        }
        return text;
    }

    @Override
    public String form() {
        return "text";
    }
}
