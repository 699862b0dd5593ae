package io.threadpost.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A system that threads are delivered to. It is on when its switches are set, such as the setting with its address. Its
 * spools are the one with its name, and those that begin with its name and a hyphen.
 */
public enum TargetSystem {
    /** Digests by mail. */
    DIGEST(SettingsCatalogue.SMTP_HOST) {
        /** The mail server may be there for replies or alerts alone. */
        @Override
        boolean isOn(Predicate<Setting<?>> isSet) {
            return super.isOn(isSet)
                    && (isSet.test(SettingsCatalogue.DIGEST_FROM)
                            || isSet.test(SettingsCatalogue.DIGEST_TO)
                            || !isSet.test(SettingsCatalogue.REPLIES_FROM) && !isSet.test(SettingsCatalogue.ALERTS_TO));
        }
    },
    /** A broker that speaks AMQP 1.0. */
    QUEUE(SettingsCatalogue.QUEUE_URL),
    /** Apache Kafka. */
    KAFKA(SettingsCatalogue.KAFKA_BROKERS),
    /** Replies to guests by mail. */
    REPLIES(SettingsCatalogue.REPLIES_FROM, SettingsCatalogue.SMTP_HOST);

    private final String id = name().toLowerCase(Locale.ROOT);
    private final List<Setting<?>> switches;

    TargetSystem(Setting<?>... switches) {
        this.switches = List.of(switches);
    }

    /** Whether it is on, given which settings are set. */
    boolean isOn(Predicate<Setting<?>> isSet) {
        return switches.stream().allMatch(isSet);
    }

    /** The target that a spool belongs to, whether on or off; empty for a spool without one. */
    public static Optional<TargetSystem> of(String spool) {
        return Stream.of(values())
                .filter(targetSystem -> spool.equals(targetSystem.id) || spool.startsWith(targetSystem.id + "-"))
                .findFirst();
    }

    /** Its name in settings, spools and the ledger, such as {@code queue}. */
    public String id() {
        return id;
    }

    /** The keys of the settings that switch it on together, such as {@code threadpost.queue.url}. */
    public List<String> switchKeys() {
        return switches.stream().<String>map(Setting::key).toList();
    }

    /**
     * The key that is {@code true} or {@code false} for routes: {@code autoStartup: "{{threadpost.queue.on}}"}. It
     * cannot be set.
     */
    public String onKey() {
        return SettingsCatalogue.PREFIX + id + ".on";
    }
}
