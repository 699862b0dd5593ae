package io.threadpost.digest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.threadpost.CamelDefaults;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;
import io.threadpost.spool.Item;
import io.threadpost.spool.SpoolParts;
import io.threadpost.spool.Spools;

/** One process with digests: the shipped routes on a plain Camel context, over a real ledger. A digest is due each second. */
final class DigestNode implements AutoCloseable {
    final CamelContext camel = new DefaultCamelContext();
    private final Spools spools;

    /** @param overrides settings, the mail server's port among them */
    DigestNode(Ledger ledger, Map<String, String> overrides) throws Exception {
        Map<String, String> given = new HashMap<>(Map.ofEntries(
                Map.entry("threadpost.connector.address", "http://localhost:1"),
                Map.entry("threadpost.connector.client-token", "client"),
                Map.entry("threadpost.connections.main.access-token", "access"),
                Map.entry("threadpost.spool.attempts", "3"),
                Map.entry("threadpost.spool.backoff", "20ms"),
                Map.entry("threadpost.spool.backoff-max", "200ms"),
                Map.entry("threadpost.smtp.host", "127.0.0.1"),
                Map.entry("threadpost.smtp.tls", "none"),
                Map.entry("threadpost.digest.from", "Hotel <digest@hotel.example>"),
                Map.entry("threadpost.digest.to", "reception@hotel.example"),
                Map.entry("threadpost.digest.cron", "* * * * * ?"),
                Map.entry("threadpost.digest.zone", "UTC"),
                Map.entry("threadpost.digest.language", "en"),
                Map.entry("threadpost.digest.send-empty", "false")));
        given.putAll(overrides);
        Settings settings = Settings.of(given);
        given.put("threadpost.digest.on", "true");
        given.forEach(camel.getPropertiesComponent()::addOverrideProperty);
        camel.getShutdownStrategy().setTimeout(20);
        new CamelDefaults().configure(camel);
        spools = SpoolParts.add(camel, ledger, settings);
        DigestComponent digest = new DigestComponent();
        digest.settings = settings;
        camel.addComponent("digest", digest);
        camel.getRegistry().bind("sendMail", new SendMail(settings));
        camel.start();
    }

    /** Runs the shipped routes. */
    DigestNode start() throws Exception {
        run("to-digest.camel.yaml");
        run("send-digests.camel.yaml");
        return this;
    }

    void run(String file) throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(
                        camel, "file:" + Path.of("routes", file).toAbsolutePath()));
    }

    /** Runs routes that are written here. */
    void routes(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("more.camel.yaml", yaml));
    }

    /** Lays threads into a spool as one page does. @param threads each as its JSON */
    void put(String spool, List<String> threads) {
        List<Item> items = new ArrayList<>();
        for (String thread : threads) {
            RawJson json = new RawJson(thread.getBytes(StandardCharsets.UTF_8));
            items.add(new Item("key " + items.size(), "main", Map.of(), json));
        }
        spools.deliver(spool, items);
    }

    void put(String spool, Item... items) {
        spools.deliver(spool, List.of(items));
    }

    /** @return a thread's JSON with this number in id, sender and subject */
    static String thread(int number) {
        return thread("thread-" + number, "Guest " + number, "Subject " + number);
    }

    /** @return a thread's JSON; the texts are written as they are */
    static String thread(String id, String sender, String subject) {
        return "{\"Id\":\"" + id + "\",\"OriginalSender\":\"" + sender + "\",\"Subject\":\"" + subject
                + "\",\"CreatedUtc\":\"2026-11-21T08:00:00Z\",\"UpdatedUtc\":\"2026-11-22T10:11:12.5Z\"}";
    }

    @Override
    public void close() {
        camel.stop();
    }
}
