package io.threadpost.settings;

import java.util.Map;
import java.util.stream.Collectors;

import jakarta.annotation.Priority;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;

/** Replaces an empty value by the default for placeholders, too, such as {@code {{threadpost.files.directory}}}. */
@Priority(Priorities.APPLICATION + 10)
public final class EmptyMeansDefault implements ConfigSourceInterceptor {
    private final Map<String, String> defaults = SettingsCatalogue.settings().stream()
            .filter(setting -> !setting.byDefault().isEmpty())
            .collect(Collectors.toUnmodifiableMap(Setting::key, Setting::byDefault));

    /** Called by SmallRye's service loader. */
    public EmptyMeansDefault() {}

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        String byDefault = defaults.get(name);
        boolean empty =
                value != null && value.getValue() != null && value.getValue().isBlank();
        return empty && byDefault != null ? value.withValue(byDefault) : value;
    }
}
