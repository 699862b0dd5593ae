package io.threadpost.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.threadpost.ledger.Ledger;
import io.threadpost.testing.TestNode;

/** One process with the Kafka target: the shipped {@code to-kafka} route. */
final class KafkaNode extends TestNode {
    /** Less than it is out there, so that tests find out sooner. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** @param overrides settings, the brokers among them */
    KafkaNode(Ledger ledger, Map<String, String> overrides) throws Exception {
        super(ledger, QueueNode.USUAL, overrides);
        replace(KafkaBrokers.class, new KafkaBrokers(settings, LONGEST));
        camel.getPropertiesComponent().addOverrideProperty("threadpost.kafka.on", "true");
        addAll("spool", "queue");
        camel.start();
    }

    /** Runs the shipped route. */
    KafkaNode start() throws Exception {
        loadShipped("to-kafka.camel.yaml");
        return this;
    }

    /**
     * Lays threads into the spool as one page does.
     *
     * @param threads each as its JSON
     */
    void put(List<String> threads) {
        put("kafka", threads);
    }
}
