package io.threadpost.spool;

import java.util.List;
import java.util.Map;

import io.threadpost.steptrace.StepPath;
import io.threadpost.steptrace.StepTrace;

/**
 * How an exchange of a spool ended.
 *
 * @param sent what it sent to other spools; empty after a failure
 * @param rejected the reasons of those items of its list that can never succeed, by their index; empty after a failure
 * @param failure null when it passed
 * @param trace the steps that it passed; null when they were not recorded
 * @param receipts as what the target has its items: one for each, one for all, or none
 */
public record ExchangeOutcome(
        Map<String, List<SpoolItem>> sent,
        Map<Integer, String> rejected,
        Exception failure,
        StepTrace trace,
        List<String> receipts) {
    static ExchangeOutcome passed(
            Map<String, List<SpoolItem>> sent, Map<Integer, String> rejected, StepTrace trace, List<String> receipts) {
        return new ExchangeOutcome(sent, rejected, null, trace, receipts);
    }

    /**
     * @param failure null for a route that rolled back without saying why
     * @param trace null when no steps were recorded
     */
    static ExchangeOutcome failed(Exception failure, StepTrace trace) {
        return new ExchangeOutcome(
                Map.of(),
                Map.of(),
                failure == null ? new IllegalStateException("the route was rolled back") : failure,
                trace,
                List.of());
    }

    /** @return the path of the exchange; null when it is unknown */
    StepPath path() {
        return trace == null ? null : trace.path();
    }

    /** Sends items of a batch through a route. */
    @FunctionalInterface
    interface Worker {
        /** @param list whether they go as one list; else there is one item */
        ExchangeOutcome work(Batch batch, List<SpoolItem> items, boolean list);
    }
}
