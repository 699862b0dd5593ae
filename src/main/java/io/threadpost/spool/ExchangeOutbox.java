package io.threadpost.spool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;

/**
 * Collects what an exchange sends to spools, until the transaction that ends the exchange's work. It is an exchange
 * property, so that the copies made by splits and multicasts share it.
 */
public final class ExchangeOutbox {
    private Map<String, List<SpoolItem>> items = new LinkedHashMap<>(4);

    /** @return the outbox of this exchange; null when there is none */
    static ExchangeOutbox of(Exchange exchange) {
        return exchange.getProperty(SpoolConstants.OUTBOX, ExchangeOutbox.class);
    }

    /** @return false when the work has already ended (a late wire tap): the item is not taken */
    synchronized boolean add(String spool, SpoolItem spoolItem) {
        if (items == null) {
            return false;
        }
        items.computeIfAbsent(spool, name -> new ArrayList<>(1)).add(spoolItem);
        return true;
    }

    /**
     * Ends the work.
     *
     * @return what was sent, by spool; empty when it was closed before
     */
    public synchronized Map<String, List<SpoolItem>> close() {
        Map<String, List<SpoolItem>> sent = items == null ? Map.of() : items;
        items = null;
        return sent;
    }
}
