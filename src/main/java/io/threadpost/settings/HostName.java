package io.threadpost.settings;

import java.util.regex.Pattern;

/** The name or address of a machine, without anything around it. */
record HostName() implements ValueType<String> {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    @Override
    public String parse(String text) throws InvalidSettingValue {
        if (text.contains("@")) {
            // Not quoted: what stands before the @ may be a password.
            throw new InvalidSettingValue("must not hold a user name or password; write the host only");
        }
        if (!NAME.matcher(text).matches()) {
            throw new InvalidSettingValue(
                    "`" + text + "` is not a host; write its name or address only, such as mail.example");
        }
        return text;
    }

    @Override
    public String form() {
        return "host name or address";
    }
}
