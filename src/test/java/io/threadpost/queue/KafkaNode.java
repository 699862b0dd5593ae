package io.threadpost.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.threadpost.ledger.Ledger;
import io.threadpost.spool.TargetNode;

/** One process with the Kafka target: the shipped {@code to-kafka} route. */
final class KafkaNode extends TargetNode {
    /** Less than it is out there, so that tests find out sooner. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** @param overrides settings, the brokers among them */
    KafkaNode(Ledger ledger, Map<String, String> overrides) throws Exception {
        super(
                ledger,
                "kafka",
                Map.of("threadpost.connections.main.enterprise-ids", "851df8c8-90f2-4c4a-8e01-a4fc46b25178"),
                overrides,
                new KafkaFailureClassifier());
        camel.addComponent("kafka", new KafkaBrokers(settings, LONGEST).component());
        camel.getRegistry().bind("kafkaRecord", new KafkaRecord(settings));
        camel.start();
    }

    /** Runs the shipped route. */
    KafkaNode start() throws Exception {
        run("to-kafka.camel.yaml");
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
