package io.threadpost.spool;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SpoolSettings;
import io.threadpost.settings.TestSettings;
import io.threadpost.testing.TestNode;

/** One process with spools. */
final class SpoolNode extends TestNode {
    static final SpoolSettings QUICK = new SpoolSettings(
            Duration.ofHours(24), 1000, 3, Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofSeconds(60));

    final Spools spools = get(Spools.class);
    final Targets targets = get(Targets.class);
    final Batches batches = get(Batches.class);
    final ParcelPurge parcelPurge = get(ParcelPurge.class);
    final DeadItems dead = get(DeadItems.class);
    final SpoolActions actions = get(SpoolActions.class);
    final SpoolStatus status = get(SpoolStatus.class);
    private final ProducerTemplate template;

    SpoolNode(Ledger ledger, SpoolSettings spool) throws Exception {
        this(ledger, with(spool, Map.of()));
    }

    SpoolNode(Ledger ledger, Settings settings) throws Exception {
        super(ledger, settings);
        addAll("spool", "network");
        camel.start();
        template = camel.createProducerTemplate();
    }

    /** Lays items into a spool as one page does; the bodies are the keys. */
    void put(String spool, String... keys) {
        spools.deliver(
                spool,
                Arrays.stream(keys)
                        .map(key -> new SpoolItem(key, "main", Map.of(), key))
                        .toList());
    }

    /** Sends a body by {@code to: spool:NAME}, outside of any other work. */
    void send(String spool, Object body) {
        template.sendBody("spool:" + spool, body);
    }

    void send(String spool, Object body, Map<String, Object> headers) {
        template.sendBodyAndHeaders("spool:" + spool, body, headers);
    }

    void run(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
    }

    /** @return failed attempts at items of that spool, as the metrics count them */
    int failed(String spool) {
        return (int) get(MeterRegistry.class)
                .counter("threadpost.spool.failed", "spool", spool)
                .count();
    }

    /** Takes a batch as a drain does that dies before it settles anything. */
    Optional<Batch> claimAndDie(String spool, int size) {
        return batches.claim(
                spool,
                "dead " + UUID.randomUUID(),
                Batches.ClaimSize.list(size),
                Batch.Source.after(Batch.Source.FAILED, false));
    }

    /** @param more settings, by key */
    static Settings with(SpoolSettings spool, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client",
                "threadpost.connections.main.access-token", "access"));
        values.putAll(more);
        Settings given = TestSettings.of(values);
        return new Settings(
                given.values(),
                given.connector(),
                given.network(),
                given.connections(),
                given.ledger(),
                given.smtp(),
                given.mailboxes(),
                given.on(),
                spool,
                given.ownSecrets());
    }
}
