package io.threadpost.settings;

import java.util.Map;

/** Settings for tests: given values over the defaults, without environment, system properties or file. */
public final class TestSettings {
    private TestSettings() {}

    /**
     * @param values by key, such as {@code threadpost.connector.address}
     * @throws InvalidSettings with every problem, when there is one
     */
    public static Settings of(Map<String, String> values) {
        return SettingsResult.of(ConfigView.of(values), "given values").orThrow();
    }
}
