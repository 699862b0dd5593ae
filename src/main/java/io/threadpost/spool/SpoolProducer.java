package io.threadpost.spool;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

import io.threadpost.json.RawJson;
import io.threadpost.steptrace.StepTrace;

/**
 * {@code to: spool:NAME}. While a page or an item of another spool is routed, it adds to that exchange's outbox,
 * without I/O. Elsewhere the item is on disk when the step is done.
 */
final class SpoolProducer extends DefaultProducer {
    private final String spool;
    private final ItemStore items;

    SpoolProducer(Endpoint endpoint, String spool, ItemStore items) {
        super(endpoint);
        this.spool = spool;
        this.items = items;
    }

    @Override
    public void process(Exchange exchange) {
        StepTrace.sent(exchange, spool);
        Message message = exchange.getMessage();
        ExchangeOutbox exchangeOutbox = ExchangeOutbox.of(exchange);
        if (exchangeOutbox == null) {
            fromOutside(exchange, message);
        } else {
            SpoolItem spoolItem = item(message, body(exchange, message.getBody()));
            if (!exchangeOutbox.add(spool, spoolItem)) {
                items.deliver(spool, List.of(spoolItem));
            }
        }
    }

    /** The sender repeats the message when this fails, so no message may fail because of its content. */
    private void fromOutside(Exchange exchange, Message message) {
        Object body = message.getBody();
        if (body instanceof UnreadableBody unreadable) {
            items.deliverDead(spool, item(message, unreadable.bytes()), unreadable.reason());
            return;
        }
        Object kept;
        try {
            kept = body(exchange, body);
        } catch (UnfitBodyException e) {
            items.deliverDead(spool, item(message, null), e.getMessage());
            return;
        }
        items.deliver(spool, List.of(item(message, kept)));
    }

    private static SpoolItem item(Message message, Object body) {
        String key = message.getHeader(SpoolConstants.KEY, String.class);
        String connection = message.getHeader(SpoolConstants.CONNECTION, String.class);
        return new SpoolItem(key == null ? UUID.randomUUID().toString() : key, connection, headers(message), body);
    }

    private static Map<String, Object> headers(Message message) {
        Map<String, Object> kept = null;
        for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
            String name = header.getKey();
            if (name.regionMatches(true, 0, "Camel", 0, 5)
                    || name.equalsIgnoreCase(SpoolConstants.KEY)
                    || name.equalsIgnoreCase(SpoolConstants.CONNECTION)
                    || name.equalsIgnoreCase(SpoolConstants.BATCH)) {
                continue;
            }
            kept = kept == null ? new HashMap<>() : kept;
            kept.put(name, scalar(header.getValue()));
        }
        return kept == null ? Map.of() : kept;
    }

    private static Object scalar(Object value) {
        boolean scalar = value == null || value instanceof Number || value instanceof Boolean;
        return scalar ? value : value.toString();
    }

    private static Object body(Exchange exchange, Object body) {
        if (body instanceof UnreadableBody unreadable) {
            throw new IllegalArgumentException(unreadable.reason());
        }
        if (body == null
                || body instanceof RawJson
                || body instanceof byte[]
                || body instanceof String
                || body instanceof Number
                || body instanceof Boolean) {
            return body;
        }
        if (body instanceof Map<?, ?> || body instanceof Collection<?>) {
            // Encoded now, not when the work is committed: there it would fail the whole transaction.
            return ItemCodec.json(body);
        }
        byte[] bytes = exchange.getContext().getTypeConverter().tryConvertTo(byte[].class, exchange, body);
        if (bytes == null) {
            throw new IllegalArgumentException("a body of " + body.getClass().getName()
                    + " cannot be stored in a spool; convert it to text, bytes, a map or a list first");
        }
        return bytes;
    }
}
