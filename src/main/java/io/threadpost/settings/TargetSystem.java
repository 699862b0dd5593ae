package io.threadpost.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A system that threads are carried to. It is on when the one setting is not empty that says where it is, its switch.
 * Its spools are the one of its own name and all that begin with its name and a hyphen.
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

    /** The target that a spool belongs to, whether it is on or not; empty for a spool of nobody's. */
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
     * The key that says {@code true} or {@code false} to routes: {@code autoStartup: "{{threadpost.queue.on}}"}. Nobody
     * sets it.
     */
    public String onKey() {
        return SettingsCatalogue.PREFIX + id + ".on";
    }
}
