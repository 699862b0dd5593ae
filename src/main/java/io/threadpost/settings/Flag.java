package io.threadpost.settings;

/** True or false. */
record Flag() implements ValueType<Boolean> {
    @Override
    public Boolean parse(String text) throws RefusedValue {
        if (!text.equals("true") && !text.equals("false")) {
            throw new RefusedValue("`" + text + "` is neither true nor false; write one of them");
        }
        return text.equals("true");
    }

    @Override
    public String form() {
        return "true or false";
    }
}
