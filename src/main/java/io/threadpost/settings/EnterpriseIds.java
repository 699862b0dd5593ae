package io.threadpost.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** UUIDs, separated by commas; the platform takes at most 1000 in one request. */
record EnterpriseIds() implements ValueType<List<String>> {
    private static final int MAX = 1000;
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    @Override
    public List<String> parse(String text) throws InvalidSettingValue {
        List<String> ids = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String id = part.strip();
            if (!UUID.matcher(id).matches()) {
                throw new InvalidSettingValue("`" + id + "` is not a UUID; write UUIDs separated by commas, such as"
                        + " 851df8c8-90f2-4c4a-8e01-a4fc46b25178");
            }
            if (ids.stream().anyMatch(id::equalsIgnoreCase)) {
                throw new InvalidSettingValue("`" + id + "` stands twice; write it once");
            }
            ids.add(id);
        }
        if (ids.size() > MAX) {
            throw new InvalidSettingValue("has " + ids.size() + " UUIDs; the platform takes at most " + MAX
                    + ", so split them over several connections");
        }
        return List.copyOf(ids);
    }

    @Override
    public String form() {
        return "UUIDs separated by commas, at most " + MAX;
    }
}
