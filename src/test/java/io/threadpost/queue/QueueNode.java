package io.threadpost.queue;

import java.util.List;
import java.util.Map;

import io.threadpost.ledger.Ledger;
import io.threadpost.spool.TargetNode;

/** One process with the queue target: the shipped {@code to-queue} route. */
final class QueueNode extends TargetNode {
    private final AmqpBroker amqpBroker;

    /** @param overrides settings, the broker's URL among them */
    QueueNode(Ledger ledger, Map<String, String> overrides) throws Exception {
        super(
                ledger,
                "queue",
                Map.of(
                        "threadpost.connections.main.enterprise-ids", "851df8c8-90f2-4c4a-8e01-a4fc46b25178",
                        "threadpost.queue.destination", "threads"),
                overrides,
                new JmsFailureClassifier());
        amqpBroker = new AmqpBroker(settings, new QueueReaders(spools, settings));
        camel.addComponent("amqp", amqpBroker.component());
        camel.getRegistry().bind("queueMessage", new QueueMessage(settings));
        camel.start();
    }

    /** Runs the shipped route. */
    QueueNode start() throws Exception {
        run("to-queue.camel.yaml");
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

    @Override
    public void close() {
        super.close();
        amqpBroker.stop();
    }
}
