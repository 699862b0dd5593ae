package io.threadpost.queue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.component.amqp.AMQPComponent;
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

/** One process with the queue target: the shipped {@code to-queue} route on a plain Camel context, over a real ledger. */
final class QueueNode implements AutoCloseable {
    final CamelContext camel = new DefaultCamelContext();
    private final Broker broker;
    private final Spools spools;

    /** @param overrides settings, the broker's URL among them */
    QueueNode(Ledger ledger, Map<String, String> overrides) throws Exception {
        Map<String, String> given = new HashMap<>(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client",
                "threadpost.connections.main.access-token", "access",
                "threadpost.connections.main.enterprise-ids", "851df8c8-90f2-4c4a-8e01-a4fc46b25178",
                "threadpost.spool.attempts", "3",
                "threadpost.spool.backoff", "20ms",
                "threadpost.spool.backoff-max", "200ms",
                "threadpost.queue.destination", "threads"));
        given.putAll(overrides);
        Settings settings = Settings.of(given);
        given.put("threadpost.queue.on", "true");
        given.forEach(camel.getPropertiesComponent()::addOverrideProperty);
        camel.getShutdownStrategy().setTimeout(20);
        new CamelDefaults().configure(camel);
        spools = SpoolParts.add(camel, ledger, settings);
        broker = new Broker(settings);
        AMQPComponent amqp = broker.component();
        camel.addComponent("amqp", amqp);
        camel.getRegistry().bind("queueMessage", new QueueMessage(settings));
        camel.start();
    }

    /** Runs the shipped route. */
    QueueNode start() throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(
                        camel, "file:" + Path.of("routes/to-queue.camel.yaml").toAbsolutePath()));
        return this;
    }

    /** Lays threads into the spool as one page does. @param threads each as its JSON */
    void put(List<String> threads) {
        List<Item> items = new ArrayList<>();
        for (String thread : threads) {
            RawJson json = new RawJson(thread.getBytes(StandardCharsets.UTF_8));
            items.add(new Item(json.get("Id") + "@" + json.get("UpdatedUtc"), "main", Map.of(), json));
        }
        spools.deliver("queue", items);
    }

    @Override
    public void close() {
        camel.stop();
        broker.stop();
    }
}
