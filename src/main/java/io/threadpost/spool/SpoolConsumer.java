package io.threadpost.spool;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.pulse.LoopConsumer;

/**
 * {@code from: spool:NAME}. One thread drains the spool; stopping waits for the item at hand, and writes how far it came, so
 * that an orderly stop works nothing again.
 */
final class SpoolConsumer extends LoopConsumer {
    /** The header with a batch's number in the ledger, never used twice. */
    static final String BATCH = "ThreadpostBatch";

    private final Supplier<Drain> drains;
    private Drain drain;
    private Thread thread;

    /** @param drains gives a new drain for each start: an old one may still be stuck in an item */
    SpoolConsumer(Endpoint endpoint, Processor processor, Supplier<Drain> drains) {
        super(endpoint, processor);
        this.drains = drains;
    }

    @Override
    protected void begin() {
        drain = drains.get();
        String name = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .resolveThreadName(getEndpoint().getEndpointUri());
        Drain opened = drain;
        thread = new Thread(() -> opened.run(this::process), name);
        thread.start();
    }

    @Override
    protected void end() throws InterruptedException {
        if (thread != null) {
            drain.close();
            thread.join();
            thread = null;
        }
    }

    private Outcome process(Batch batch, List<Item> items, boolean list) {
        Exchange exchange = createExchange(false);
        Outbox outbox = new Outbox();
        try {
            exchange.setProperty(Outbox.PROPERTY, outbox);
            Message message = exchange.getMessage();
            message.setHeader(BATCH, batch.number());
            Item first = items.get(0);
            if (list) {
                message.setBody(items.stream().map(Item::body).toList());
                if (items.stream().allMatch(item -> Objects.equals(item.connection(), first.connection()))) {
                    message.setHeader(Item.CONNECTION, first.connection());
                }
            } else {
                message.setBody(first.body());
                first.headers().forEach(message::setHeader);
                message.setHeader(Item.KEY, first.key());
                message.setHeader(Item.CONNECTION, first.connection());
            }
            getProcessor().process(exchange);
            Map<String, List<Item>> sent = outbox.close();
            return exchange.isFailed() || exchange.isRollbackOnly()
                    ? Outcome.failed(exchange.getException())
                    : Outcome.passed(sent);
        } catch (Exception e) {
            return Outcome.failed(e);
        } finally {
            outbox.close();
            releaseExchange(exchange, false);
        }
    }

    /** How an exchange ended: what it sent to other spools, or its failure. */
    record Outcome(Map<String, List<Item>> sent, Exception failure) {
        static Outcome passed(Map<String, List<Item>> sent) {
            return new Outcome(sent, null);
        }

        static Outcome failed(Exception failure) {
            return new Outcome(
                    Map.of(), failure == null ? new IllegalStateException("the route was rolled back") : failure);
        }
    }
}
