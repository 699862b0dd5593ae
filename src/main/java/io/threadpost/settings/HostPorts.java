package io.threadpost.settings;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where the brokers of a cluster are. */
record HostPorts() implements ValueType<String> {
    private static final Pattern BROKER =
            Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})");

    @Override
    public String parse(String text) throws InvalidSettingValue {
        if (text.contains("@")) {
            // Not quoted: what stands before the @ may be a password.
            throw new InvalidSettingValue("must not hold a user or password; write " + form());
        }
        for (String broker : text.split(",", -1)) {
            if (!isBroker(broker.strip())) {
                throw new InvalidSettingValue("`" + broker.strip() + "` is not a broker; write " + form());
            }
        }
        return Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.joining(","));
    }

    private static boolean isBroker(String text) {
        Matcher broker = BROKER.matcher(text);
        return broker.matches()
                && Integer.parseInt(broker.group(1)) >= 1
                && Integer.parseInt(broker.group(1)) <= 65_535;
    }

    @Override
    public String form() {
        return "HOST1:9092,HOST2:9092";
    }
}
