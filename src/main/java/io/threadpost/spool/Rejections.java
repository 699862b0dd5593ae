package io.threadpost.spool;

import java.util.Map;
import java.util.TreeMap;

import org.apache.camel.Exchange;

/**
 * Items of a list that can never succeed, while the others do. Each of them becomes a dead item when the list's work is
 * committed. It is an exchange property, like the {@link ExchangeOutbox}.
 */
public final class Rejections {
    private final Map<Integer, String> reasons = new TreeMap<>();

    Rejections() {}

    /** @throws IllegalStateException outside of a spool's list */
    public static Rejections of(Exchange exchange) {
        Rejections rejections = exchange.getProperty(SpoolConstants.REJECTIONS, Rejections.class);
        if (rejections == null) {
            throw new IllegalStateException("this step needs a batch: read from spool:NAME with the parameter batch");
        }
        return rejections;
    }

    /**
     * An item can never succeed.
     *
     * @param index its place in the list, from 0
     * @param reason one line for people
     */
    public synchronized void add(int index, String reason) {
        reasons.putIfAbsent(index, reason);
    }

    /** @return how many there are so far */
    public synchronized int count() {
        return reasons.size();
    }

    synchronized Map<Integer, String> reasons() {
        return new TreeMap<>(reasons);
    }
}
