package io.threadpost.settings;

/** A whole number within bounds, both inclusive. */
record IntRange(int min, int max) implements ValueType<Integer> {
    @Override
    public Integer parse(String text) throws InvalidSettingValue {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidSettingValue("`" + text + "` is not a whole number; write one " + form());
        }
        if (number < min || number > max) {
            throw new InvalidSettingValue("`" + text + "` is out of range; write a whole number " + form());
        }
        return (int) number;
    }

    @Override
    public String form() {
        return "from " + min + " to " + max;
    }
}
