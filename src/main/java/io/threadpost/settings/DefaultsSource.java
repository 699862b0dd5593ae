package io.threadpost.settings;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Shows the catalogue's defaults to everything that reads configuration, such as
 * {@code {{threadpost.files.directory}}}.
 */
public final class DefaultsSource implements ConfigSource {
    static final String NAME = "Threadpost defaults";
    private final Map<String, String> values = SettingsCatalogue.settings().stream()
            .filter(setting -> !setting.byDefault().isEmpty())
            .collect(Collectors.toUnmodifiableMap(Setting::example, Setting::byDefault));

    /** Called by SmallRye's service loader. */
    public DefaultsSource() {}

    /** Below every other source. */
    @Override
    public int getOrdinal() {
        return -1000;
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public String getValue(String name) {
        return values.get(name);
    }

    @Override
    public String getName() {
        return NAME;
    }
}
