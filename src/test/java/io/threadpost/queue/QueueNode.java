package io.threadpost.queue;

import java.util.List;
import java.util.Map;

import io.threadpost.ledger.Ledger;
import io.threadpost.testing.TestNode;

/** One process with the queue target: the shipped {@code to-queue} route. */
final class QueueNode extends TestNode {
    static final Map<String, String> USUAL = Map.of(
            "threadpost.spool.attempts", "3",
            "threadpost.spool.backoff", "20ms",
            "threadpost.spool.backoff-max", "200ms",
            "threadpost.connections.main.enterprise-ids", "851df8c8-90f2-4c4a-8e01-a4fc46b25178");

    /** @param overrides settings, the broker's URL among them */
    QueueNode(Ledger ledger, Map<String, String> overrides) throws Exception {
        super(ledger, USUAL, Map.of("threadpost.queue.destination", "threads"), overrides);
        camel.getPropertiesComponent().addOverrideProperty("threadpost.queue.on", "true");
        addAll("spool", "queue");
        camel.start();
    }

    /** Runs the shipped route. */
    QueueNode start() throws Exception {
        loadShipped("to-queue.camel.yaml");
        return this;
    }

    /**
     * Lays threads into the spool as one page does.
     *
     * @param threads each as its JSON
     */
    void put(List<String> threads) {
        put("queue", threads);
    }
}
