package io.threadpost.settings;

/** Any text on one line. */
record Text() implements ValueType<String> {
    @Override
    public String parse(String text) throws RefusedValue {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedValue("has a line break or another control character; write it on one line");
        }
        return text;
    }

    @Override
    public String form() {
        return "text";
    }
}
