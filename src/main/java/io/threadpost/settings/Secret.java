package io.threadpost.settings;

/** A token or password. Nothing said about it ever quotes it. */
record Secret() implements ValueType<String> {
    @Override
    public String parse(String text) throws RefusedValue {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedValue("has a line break or another control character; copy it again");
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
