package io.threadpost.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A system that threads are delivered to. It is on when its switch is set, the setting with its address. Its spools are
 * the one with its name, and those that begin with its name and a hyphen.
 */
public enum TargetSystem {
    /** Digests by mail. */
    DIGEST(SettingsCatalogue.SMTP_HOST),
    /** A broker that speaks AMQP 1.0. */
    QUEUE(SettingsCatalogue.QUEUE_URL),
    /** Apache Kafka. */
    KAFKA(SettingsCatalogue.KAFKA_BROKERS);

    private final String id = name().toLowerCase(Locale.ROOT);
    private final Setting<?> where;

    TargetSystem(Setting<?> where) {
        this.where = where;
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

    /** The key of the setting that switches it on, such as {@code threadpost.queue.url}. */
    public String switchKey() {
        return where.key();
    }

    /**
     * The key that is {@code true} or {@code false} for routes: {@code autoStartup: "{{threadpost.queue.on}}"}. It
     * cannot be set.
     */
    public String onKey() {
        return SettingsCatalogue.PREFIX + id + ".on";
    }
}
