package io.threadpost.settings;

import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;

/** A source in which an empty value of ours counts as not set, so that weaker sources are asked. */
record NonEmptySource(ConfigSource source) implements ConfigSource {
    @Override
    public String getValue(String name) {
        String value = source.getValue(name);
        return value != null && value.isBlank() && name.contains(SettingsCatalogue.PREFIX) ? null : value;
    }

    @Override
    public Set<String> getPropertyNames() {
        return source.getPropertyNames();
    }

    @Override
    public String getName() {
        return source.getName();
    }

    @Override
    public int getOrdinal() {
        return source.getOrdinal();
    }
}
