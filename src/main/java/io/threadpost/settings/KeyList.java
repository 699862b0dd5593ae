package io.threadpost.settings;

import java.util.Arrays;
import java.util.List;

/** Keys of settings, separated by commas. */
record KeyList() implements ValueType<List<String>> {
    @Override
    public List<String> parse(String text) throws InvalidSettingValue {
        List<String> keys = Arrays.stream(text.split(",")).map(String::strip).toList();
        for (String key : keys) {
            if (!key.matches("[^\\s=:{}$]+")) {
                throw new InvalidSettingValue("`" + key + "` is not the key of a setting; write " + form());
            }
        }
        return keys;
    }

    @Override
    public String form() {
        return "keys separated by commas, such as crm.login,crm.pin";
    }
}
