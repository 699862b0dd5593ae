package io.threadpost.settings;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.annotation.Priority;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;

/**
 * Shows routes whether a {@link TargetSystem} is on, as {@code {{threadpost.NAME.on}}}, whether any mailbox is, as
 * {@code {{threadpost.mail.on}}}, and whether a queue is consumed, as {@code {{threadpost.queue.inbound.on}}}. It
 * follows from the setting with the address of the target, mailbox or queue; an explicit value is ignored.
 */
@Priority(Priorities.APPLICATION)
public final class TargetSwitches implements ConfigSourceInterceptor {
    /** Whether any mailbox is polled. */
    static final String MAIL = "threadpost.mail.on";

    /** Whether messages of a queue become threads. */
    static final String INBOUND = "threadpost.queue.inbound.on";

    private static final Pattern MAIL_HOST =
            Pattern.compile("threadpost\\.mail\\.([A-Za-z0-9_-]+\\.)?host|THREADPOST_MAIL_([A-Z0-9_]+_)?HOST");

    /** Called by SmallRye's service loader. */
    public TargetSwitches() {}

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        if (name.equals(MAIL)) {
            return value(name, watched(context));
        }
        if (name.equals(INBOUND)) {
            return value(
                    name,
                    filled(context, SettingsCatalogue.QUEUE_INBOUND.key())
                            && filled(context, SettingsCatalogue.QUEUE_URL.key()));
        }
        return Stream.of(TargetSystem.values())
                .filter(targetSystem -> targetSystem.onKey().equals(name))
                .findFirst()
                .map(targetSystem -> value(name, targetSystem.isOn(setting -> filled(context, setting.key()))))
                .orElseGet(() -> context.proceed(name));
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        Set<String> names = new LinkedHashSet<>();
        names.addAll(keys());
        context.iterateNames().forEachRemaining(names::add);
        return names.iterator();
    }

    /** The keys that it provides. */
    static List<String> keys() {
        return Stream.concat(Stream.of(TargetSystem.values()).map(TargetSystem::onKey), Stream.of(MAIL, INBOUND))
                .toList();
    }

    /** Whether any mailbox has a host, under any name. */
    private static boolean watched(ConfigSourceInterceptorContext context) {
        List<String> hosts = new ArrayList<>();
        context.iterateNames().forEachRemaining(name -> {
            if (MAIL_HOST.matcher(name).matches()) {
                hosts.add(name);
            }
        });
        return hosts.stream().anyMatch(host -> filled(context, host));
    }

    private static boolean filled(ConfigSourceInterceptorContext context, String key) {
        ConfigValue where = context.restart(key);
        return where != null && where.getValue() != null && !where.getValue().isBlank();
    }

    private static ConfigValue value(String name, boolean on) {
        return ConfigValue.builder()
                .withName(name)
                .withValue(String.valueOf(on))
                .withRawValue(String.valueOf(on))
                .withConfigSourceName(DefaultsSource.NAME)
                .build();
    }
}
