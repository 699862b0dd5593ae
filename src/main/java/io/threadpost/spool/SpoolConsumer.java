package io.threadpost.spool;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.heartbeat.LoopConsumer;

/**
 * {@code from: spool:NAME}. One thread drains the spool; stopping waits for the item at hand, and writes how far it
 * came, so that an orderly stop works nothing again.
 */
final class SpoolConsumer extends LoopConsumer {
    /** The header with a batch's number in the ledger, never used twice. */
    static final String BATCH = "ThreadpostBatch";

    private final Supplier<SpoolDrain> drains;
    private SpoolDrain spoolDrain;
    private Thread thread;

    /** The header with the time at which the spool was opened, for a batch of a spool that has a cron. */
    static final String TICK = "ThreadpostTick";

    /** The header that says which of the tick's batches it is, from 1. */
    static final String PART = "ThreadpostPart";

    /** The header that says how many batches the tick has, as far as it can be told. */
    static final String PARTS = "ThreadpostParts";

    /** @param drains gives a new drain for each start: an old one may still be stuck in an item */
    SpoolConsumer(Endpoint endpoint, Processor processor, Supplier<SpoolDrain> drains) {
        super(endpoint, processor);
        this.drains = drains;
    }

    @Override
    protected void begin() {
        spoolDrain = drains.get();
        String name = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .resolveThreadName(getEndpoint().getEndpointUri());
        SpoolDrain opened = spoolDrain;
        thread = new Thread(() -> opened.run(this::process), name);
        thread.start();
    }

    @Override
    protected void end() throws InterruptedException {
        if (thread != null) {
            Thread ending = thread;
            thread = null;
            spoolDrain.close();
            ending.join();
        }
    }

    private Outcome process(Batch batch, List<SpoolItem> items, boolean list) {
        Exchange exchange = createExchange(false);
        ExchangeOutbox exchangeOutbox = new ExchangeOutbox();
        Rejections rejections = new Rejections();
        try {
            exchange.setProperty(ExchangeOutbox.PROPERTY, exchangeOutbox);
            Message message = exchange.getMessage();
            message.setHeader(BATCH, batch.number());
            if (batch.tick() != null) {
                message.setHeader(TICK, batch.tick().opened().toString());
                message.setHeader(PART, batch.tick().part());
                message.setHeader(PARTS, batch.tick().parts());
            }
            if (list) {
                exchange.setProperty(Rejections.PROPERTY, rejections);
                exchange.setProperty(SpoolItem.LIST, items);
                message.setBody(items.stream().map(SpoolItem::body).toList());
                List<String> connections =
                        items.stream().map(SpoolItem::connection).distinct().toList();
                if (connections.size() == 1) {
                    message.setHeader(SpoolItem.CONNECTION, connections.get(0));
                }
            } else {
                SpoolItem first = items.get(0);
                message.setBody(first.body());
                first.headers().forEach(message::setHeader);
                message.setHeader(SpoolItem.KEY, first.key());
                message.setHeader(SpoolItem.CONNECTION, first.connection());
            }
            route(exchange);
            Map<String, List<SpoolItem>> sent = exchangeOutbox.close();
            return exchange.isFailed() || exchange.isRollbackOnly()
                    ? Outcome.failed(exchange.getException())
                    : Outcome.passed(sent, rejections.reasons());
        } catch (RuntimeException | Error e) {
            ProcessGuard.report(e);
            return Outcome.failed(e instanceof Exception known ? known : new IllegalStateException(e));
        } finally {
            exchangeOutbox.close();
            releaseExchange(exchange, false);
        }
    }

    /**
     * How an exchange ended: what it sent to other spools, and which items of its list can never succeed; or its
     * failure.
     */
    record Outcome(Map<String, List<SpoolItem>> sent, Map<Integer, String> rejected, Exception failure) {
        static Outcome passed(Map<String, List<SpoolItem>> sent, Map<Integer, String> rejected) {
            return new Outcome(sent, rejected, null);
        }

        static Outcome failed(Exception failure) {
            return new Outcome(
                    Map.of(),
                    Map.of(),
                    failure == null ? new IllegalStateException("the route was rolled back") : failure);
        }
    }
}
