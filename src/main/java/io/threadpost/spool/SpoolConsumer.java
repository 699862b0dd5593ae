package io.threadpost.spool;

import java.util.ArrayList;
import java.util.Collections;
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

    /**
     * As what a target has the items of an exchange, for their journeys: what a step or a route put into the exchange
     * property {@code ThreadpostReceipt}, otherwise what Camel's components leave in the message.
     */
    private static final class Receipt {
        /** Headers that producers set, with what they are. A list: the first one that is there counts. */
        private static final List<Map.Entry<String, String>> HEADERS = List.of(
                Map.entry("CamelFileNameProduced", "file "),
                Map.entry("CamelKafkaRecordMeta", "record "),
                Map.entry("CamelHttpResponseCode", "HTTP status "),
                Map.entry("JMSMessageID", "message "));

        private static final int LONGEST = 1000;

        private Receipt() {}

        /**
         * @param items how many the exchange has
         * @return one for each item, one for all, or none
         */
        static List<String> of(Exchange exchange, int items) {
            Object named = exchange.getProperty(SpoolConstants.RECEIPT);
            if (named instanceof List<?> list && list.size() == items) {
                List<String> receipts = new ArrayList<>(items);
                list.forEach(one -> receipts.add(one == null ? null : cut(one.toString())));
                return receipts.stream().distinct().count() == 1
                        ? Collections.singletonList(receipts.get(0))
                        : receipts;
            }
            if (named != null && !(named instanceof List)) {
                return List.of(cut(named.toString()));
            }
            Message message = exchange.getMessage();
            for (Map.Entry<String, String> header : HEADERS) {
                Object value = message.getHeader(header.getKey());
                if (value != null) {
                    return List.of(cut(header.getValue() + value.toString().replaceAll("^\\[|]$", "")));
                }
            }
            return List.of();
        }

        private static String cut(String text) {
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        }
    }
}
