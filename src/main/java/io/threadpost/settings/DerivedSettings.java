package io.threadpost.settings;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.annotation.Priority;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;

/**
 * Derives Quarkus' settings from Threadpost's, so that each thing is set once: the data source from
 * {@code threadpost.ledger.url}, and the redaction of every log handler. A key of Quarkus that is set explicitly wins.
 */
@Priority(Priorities.APPLICATION)
public final class DerivedSettings implements ConfigSourceInterceptor {
    /** The lowest ordinal of Quarkus' sources that people write: the packaged application.properties. */
    private static final int WRITTEN = 250;

    private static final Pattern HANDLER_FILTER =
            Pattern.compile("quarkus\\.log\\.(handler\\.)?(console|file|syslog|socket)\\.(.+\\.)?filter");
    private static final Set<String> NAMES = Set.of(
            "quarkus.datasource.sqlite.active",
            "quarkus.datasource.sqlite.jdbc.url",
            "quarkus.flyway.sqlite.active",
            "quarkus.datasource.postgresql.active",
            "quarkus.datasource.postgresql.jdbc.url",
            "quarkus.datasource.postgresql.username",
            "quarkus.datasource.postgresql.password",
            "quarkus.flyway.postgresql.active");

    /** Called by SmallRye's service loader. */
    public DerivedSettings() {}

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue written = context.proceed(name);
        boolean ours = NAMES.contains(name) || HANDLER_FILTER.matcher(name).matches();
        if (!ours || written != null && written.getConfigSourceOrdinal() >= WRITTEN) {
            return written;
        }
        String derived = derived(context, name);
        return derived == null
                ? written
                : ConfigValue.builder()
                        .withName(name)
                        .withValue(derived)
                        .withRawValue(derived)
                        .withConfigSourceName(DefaultsSource.NAME)
                        .build();
    }

    private static String derived(ConfigSourceInterceptorContext context, String name) {
        if (name.endsWith(".filter")) {
            return RedactingFilter.NAME;
        }
        String url = value(context, SettingsCatalogue.LEDGER_URL);
        boolean postgresql = url != null && url.startsWith(AddressTypes.POSTGRESQL);
        boolean chosen = name.contains(".postgresql.") == postgresql;
        if (name.endsWith(".active")) {
            return String.valueOf(chosen);
        }
        if (!chosen) {
            return null;
        }
        if (name.endsWith(".url")) {
            return url;
        }
        return value(
                context,
                name.endsWith(".username") ? SettingsCatalogue.LEDGER_USERNAME : SettingsCatalogue.LEDGER_PASSWORD);
    }

    private static String value(ConfigSourceInterceptorContext context, Setting<?> setting) {
        ConfigValue value = context.restart(setting.key());
        String text = value == null || value.getValue() == null
                ? ""
                : setting.type().secret() ? value.getValue() : value.getValue().strip();
        String effective = text.isBlank() ? setting.byDefault() : text;
        return effective.isEmpty() ? null : effective;
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        Set<String> names = new LinkedHashSet<>(NAMES);
        context.iterateNames().forEachRemaining(names::add);
        return names.iterator();
    }
}
