package io.threadpost.settings;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.annotation.Priority;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;

/** Tells routes whether a {@link Target} is on, as {@code {{threadpost.NAME.on}}}. It follows from the target's switch; whatever is written is left aside. */
@Priority(Priorities.APPLICATION)
public final class TargetSwitches implements ConfigSourceInterceptor {
    /** Made by the configuration's service loader. */
    public TargetSwitches() {}

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        return Stream.of(Target.values())
                .filter(target -> target.onKey().equals(name))
                .findFirst()
                .map(target -> value(name, on(context, target)))
                .orElseGet(() -> context.proceed(name));
    }

    @Override
    public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
        Set<String> names = new LinkedHashSet<>();
        Stream.of(Target.values()).map(Target::onKey).forEach(names::add);
        context.iterateNames().forEachRemaining(names::add);
        return names.iterator();
    }

    private static boolean on(ConfigSourceInterceptorContext context, Target target) {
        ConfigValue where = context.restart(target.switchKey());
        return where != null && where.getValue() != null && !where.getValue().isBlank();
    }

    private static ConfigValue value(String name, boolean on) {
        return ConfigValue.builder()
                .withName(name)
                .withValue(String.valueOf(on))
                .withRawValue(String.valueOf(on))
                .withConfigSourceName(Defaults.NAME)
                .build();
    }
}
