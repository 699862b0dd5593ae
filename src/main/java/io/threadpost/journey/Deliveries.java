package io.threadpost.journey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.threadpost.steptrace.StepPath;

/** What became of items of one batch: delivered, and as what; or failed, and why. */
public final class Deliveries {
    private final String spool;
    private final long batch;
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, List<StoredParcel>> stored = new LinkedHashMap<>();

    /**
     * Begins an empty list.
     *
     * @param batch the number of the batch; 0 for what a person or a limit ended
     */
    public Deliveries(String spool, long batch) {
        this.spool = spool;
        this.batch = batch;
    }

    /** How the stay of an item in a parcel ended, or that it did not. */
    public enum Outcome {
        DELIVERED,
        /** It failed, or was taken out of its batch, and waits for a retry. */
        RETRIED,
        DEAD,
        DISCARDED,
        /** Its person was erased: it is gone, and the items after it in its parcel moved up. */
        ERASED
    }

    /**
     * Items with the same outcome: those of one exchange.
     *
     * @param items where they are
     * @param attempts failed tries before
     * @param path the steps of the exchange; null when they were not recorded
     * @param receipts as what the target has them: one for each, one for all, or none
     * @param keys of the items that they sent to other spools, by spool
     * @param next where a failed item waits or is dead; 0 when it was delivered or discarded
     * @param reason of a failure, one line for people; null without one
     * @param step where it failed; null without a failure, or when unknown
     */
    public record Part(
            Outcome outcome,
            List<ItemPlace> items,
            int attempts,
            StepPath path,
            List<String> receipts,
            Map<String, List<String>> keys,
            long next,
            String reason,
            String step) {
        /** Items that were delivered. */
        public static Part delivered(
                List<ItemPlace> items,
                int attempts,
                StepPath path,
                List<String> receipts,
                Map<String, List<String>> keys) {
            return new Part(Outcome.DELIVERED, items, attempts, path, receipts, keys, 0, null, null);
        }

        /** An item that failed. */
        public static Part failed(
                Outcome outcome, ItemPlace item, int attempts, StepPath path, long next, String reason, String step) {
            return new Part(outcome, List.of(item), attempts, path, List.of(), Map.of(), next, reason, step);
        }

        /** Items that were erased. */
        public static Part erased(List<ItemPlace> items) {
            return new Part(Outcome.ERASED, items, 0, null, List.of(), Map.of(), 0, null, null);
        }
    }

    /**
     * What became of all items, without what names them.
     *
     * @param outcomes how many ended how
     * @param step where one failed; null when none did, or the step is unknown
     * @param parcels that they were in
     * @param sent other parcels that they were put into: other spools' or, to be retried, the same spool's
     */
    public record Summary(Map<Outcome, Integer> outcomes, String step, Set<Long> parcels, Set<Long> sent) {}

    public void add(Part part) {
        parts.add(part);
    }

    /**
     * The parcels that hold what the items sent to a spool.
     *
     * @param parcels empty when the spool dropped it, since its target never was on
     */
    public void stored(String other, List<StoredParcel> parcels) {
        stored.put(other, parcels);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    String spool() {
        return spool;
    }

    long batch() {
        return batch;
    }

    Set<StepPath> paths() {
        return parts.stream().map(Part::path).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** @return the parcels that the items are in */
    Set<Long> parcels() {
        Set<Long> parcels = new TreeSet<>();
        parts.forEach(part -> part.items().forEach(item -> parcels.add(item.parcel())));
        return parcels;
    }

    List<Part> parts() {
        return parts;
    }

    Map<String, List<StoredParcel>> stored() {
        return stored;
    }
}
