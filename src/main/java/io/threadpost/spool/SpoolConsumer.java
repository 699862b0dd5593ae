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
import io.threadpost.steptrace.StepTrace;

/**
 * {@code from: spool:NAME}. One thread drains the spool. Stopping waits for the item in flight and commits the
 * progress, so that a graceful stop repeats nothing.
 */
final class SpoolConsumer extends LoopConsumer {
    private final Supplier<SpoolDrain> drains;
    private final boolean traced;
    private SpoolDrain spoolDrain;
    private Thread thread;

    /**
     * @param drains creates a drain for each start: the one before may still be stuck in an item
     * @param traced whether the steps of each exchange are recorded
     */
    SpoolConsumer(Endpoint endpoint, Processor processor, Supplier<SpoolDrain> drains, boolean traced) {
        super(endpoint, processor);
        this.traced = traced;
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

    ExchangeOutcome process(Batch batch, List<SpoolItem> items, boolean list) {
        Exchange exchange = createExchange(false);
        ExchangeOutbox exchangeOutbox = new ExchangeOutbox();
        Rejections rejections = new Rejections();
        StepTrace trace = null;
        try {
            trace = traced ? StepTrace.start(exchange) : null;
            exchange.setProperty(SpoolConstants.OUTBOX, exchangeOutbox);
            Message message = exchange.getMessage();
            message.setHeader(SpoolConstants.BATCH, batch.number());
            if (batch.tick() != null) {
                message.setHeader(SpoolConstants.TICK, batch.tick().opened().toString());
                message.setHeader(SpoolConstants.PART, batch.tick().part());
                message.setHeader(SpoolConstants.PARTS, batch.tick().parts());
            }
            if (list) {
                exchange.setProperty(SpoolConstants.REJECTIONS, rejections);
                exchange.setProperty(SpoolConstants.ITEMS, items);
                message.setBody(items.stream().map(SpoolItem::body).toList());
                List<String> connections =
                        items.stream().map(SpoolItem::connection).distinct().toList();
                if (connections.size() == 1) {
                    message.setHeader(SpoolConstants.CONNECTION, connections.get(0));
                }
            } else {
                SpoolItem first = items.get(0);
                message.setBody(first.body());
                first.headers().forEach(message::setHeader);
                message.setHeader(SpoolConstants.KEY, first.key());
                message.setHeader(SpoolConstants.CONNECTION, first.connection());
            }
            route(exchange);
            Map<String, List<SpoolItem>> sent = exchangeOutbox.close();
            return exchange.isFailed() || exchange.isRollbackOnly()
                    ? ExchangeOutcome.failed(exchange.getException(), trace)
                    : ExchangeOutcome.passed(
                            sent, rejections.reasons(), trace, traced ? Receipt.of(exchange, items.size()) : List.of());
        } catch (RuntimeException | Error e) {
            ProcessGuard.report(e);
            return ExchangeOutcome.failed(e instanceof Exception known ? known : new IllegalStateException(e), trace);
        } finally {
            exchangeOutbox.close();
            releaseExchange(exchange, false);
        }
    }
}
