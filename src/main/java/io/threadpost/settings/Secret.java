package io.threadpost.settings;

/** A token or password. Nothing said about it ever quotes it. */
record Secret() implements ValueType<String> {
    @Override
    public String parse(String text) throws InvalidSettingValue {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSettingValue("has a line break or another control character; copy it again");
        }
        return text;
    }

    @Override
    public String form() {
        return "secret";
    }

    @Override
    public boolean secret() {
        return true;
    }
}
