package io.threadpost.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names or addresses of machines, separated by commas. */
record HostNames() implements ValueType<List<String>> {
    @Override
    public List<String> parse(String text) throws InvalidSettingValue {
        List<String> hosts = new ArrayList<>();
        for (String host : text.split(",", -1)) {
            hosts.add(new HostName().parse(host.strip()).toLowerCase(Locale.ROOT));
        }
        return List.copyOf(hosts);
    }

    @Override
    public String form() {
        return "host names or addresses separated by commas";
    }
}
