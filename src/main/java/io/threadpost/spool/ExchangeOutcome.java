package io.threadpost.spool;

import java.util.List;
import java.util.Map;

/**
 * How an exchange of a spool ended.
 *
 * @param sent what it sent to other spools; empty after a failure
 * @param rejected the reasons of those items of its list that can never succeed, by their index; empty after a failure
 * @param failure null when it passed
 */
public record ExchangeOutcome(Map<String, List<SpoolItem>> sent, Map<Integer, String> rejected, Exception failure) {
    static ExchangeOutcome passed(Map<String, List<SpoolItem>> sent, Map<Integer, String> rejected) {
        return new ExchangeOutcome(sent, rejected, null);
    }

    /** @param failure null for a route that rolled back without saying why */
    static ExchangeOutcome failed(Exception failure) {
        return new ExchangeOutcome(
                Map.of(), Map.of(), failure == null ? new IllegalStateException("the route was rolled back") : failure);
    }

    /** Sends items of a batch through a route. */
    @FunctionalInterface
    interface Worker {
        /** @param list whether they go as one list; else there is one item */
        ExchangeOutcome work(Batch batch, List<SpoolItem> items, boolean list);
    }
}
