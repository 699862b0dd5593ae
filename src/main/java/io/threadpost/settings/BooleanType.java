package io.threadpost.settings;

/** True or false. */
record BooleanType() implements ValueType<Boolean> {
    @Override
    public Boolean parse(String text) throws InvalidSettingValue {
        if (!text.equals("true") && !text.equals("false")) {
            throw new InvalidSettingValue("`" + text + "` is neither true nor false; write one of them");
        }
        return text.equals("true");
    }

    @Override
    public String form() {
        return "true or false";
    }
}
