package io.threadpost.journey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

import io.threadpost.journey.Deliveries.Outcome;
import io.threadpost.journey.JourneyBytes.Input;
import io.threadpost.journey.JourneyBytes.Output;
import io.threadpost.steptrace.StepPath;

/**
 * Deliveries as the ledger has them.
 *
 * @param stored the parcels that hold what the items sent to other spools, by spool
 */
record StoredDeliveries(Map<String, List<StoredParcel>> stored, List<StoredPart> parts) {
    /**
     * A {@link Deliveries.Part}.
     *
     * @param path the id of the {@linkplain StoredPaths stored path}; 0 when it is unknown
     */
    record StoredPart(
            Outcome outcome,
            List<ItemPlace> items,
            int attempts,
            long path,
            List<String> receipts,
            List<SentKeys> sent,
            long next,
            String reason,
            String step) {
        /** @return the same without what names some items; files with several of them keep their name */
        private StoredPart without(Collection<ItemPlace> erased) {
            boolean all = erased.containsAll(items);
            List<String> left = new ArrayList<>(receipts);
            for (int i = 0; i < left.size(); i++) {
                boolean own = left.size() > 1 && i < items.size() && erased.contains(items.get(i));
                left.set(i, all || own ? null : left.get(i));
            }
            return new StoredPart(
                    outcome,
                    items,
                    attempts,
                    path,
                    left,
                    all ? sent.stream().map(SentKeys::erased).toList() : sent,
                    next,
                    all ? null : reason,
                    step);
        }
    }

    /**
     * The keys of what a part sent to another spool.
     *
     * @param offset the place of the first among all items that were sent to that spool
     */
    record SentKeys(String spool, int offset, List<String> keys) {
        private SentKeys erased() {
            List<String> none = new ArrayList<>(keys);
            none.replaceAll(key -> null);
            return new SentKeys(spool, offset, none);
        }
    }

    /**
     * What a settlement says of one item.
     *
     * @param found what became of it; empty when it is not among the items
     * @param now where it is from then on; null when it was erased
     */
    record ItemDeliveries(List<Found> found, ItemPlace now) {}

    /**
     * What became of one item, as it was recorded.
     *
     * @param path of the {@linkplain StoredPaths stored path}; 0 when it is unknown
     * @param receipt as what the target has it; null when the target does not say
     * @param sent what it, or its batch, sent to other spools
     */
    record Found(
            Outcome outcome,
            int attempts,
            long path,
            String receipt,
            List<SentItem> sent,
            long next,
            String reason,
            String step) {}

    /** An item that was sent to another spool. */
    record SentItem(String spool, String key, ItemPlace place) {}

    /** @param pathIds the id of a stored path */
    static StoredDeliveries of(Deliveries deliveries, ToLongFunction<StepPath> pathIds) {
        Map<String, Integer> offsets = new HashMap<>();
        return new StoredDeliveries(
                deliveries.stored(),
                deliveries.parts().stream()
                        .map(part -> new StoredPart(
                                part.outcome(),
                                part.items(),
                                part.attempts(),
                                part.path() == null ? 0 : pathIds.applyAsLong(part.path()),
                                part.receipts(),
                                sent(part, offsets),
                                part.next(),
                                part.reason(),
                                part.step()))
                        .toList());
    }

    /** @param offsets how many items earlier parts sent, by spool */
    private static List<SentKeys> sent(Deliveries.Part part, Map<String, Integer> offsets) {
        List<SentKeys> sent = new ArrayList<>();
        part.keys().forEach((other, keys) -> {
            int end = offsets.merge(other, keys.size(), Integer::sum);
            sent.add(new SentKeys(other, end - keys.size(), keys));
        });
        return sent;
    }

    static StoredDeliveries read(byte[] bytes) {
        Input in = new Input(JourneyBytes.unpacked(bytes));
        Map<String, List<StoredParcel>> stored = new LinkedHashMap<>();
        for (int left = in.getCount(); left > 0; left--) {
            stored.put(in.getText(), StoredParcel.get(in));
        }
        List<StoredPart> parts = new ArrayList<>();
        for (int left = in.getCount(); left > 0; left--) {
            parts.add(new StoredPart(
                    Outcome.values()[in.getByte()],
                    items(in),
                    in.getCount(),
                    in.getLong(),
                    texts(in),
                    sent(in),
                    in.getSize(),
                    in.getText(),
                    in.getText()));
        }
        return new StoredDeliveries(stored, parts);
    }

    byte[] toBytes() {
        Output out = new Output(256);
        out.putSize(stored.size());
        stored.forEach((spool, parcels) -> {
            out.putText(spool);
            StoredParcel.put(out, parcels);
        });
        out.putSize(parts.size());
        for (StoredPart part : parts) {
            out.putByte(part.outcome().ordinal());
            putItems(out, part.items());
            out.putSize(part.attempts());
            out.putLong(part.path());
            putTexts(out, part.receipts());
            out.putSize(part.sent().size());
            part.sent().forEach(sent -> {
                out.putText(sent.spool());
                out.putSize(sent.offset());
                putTexts(out, sent.keys());
            });
            out.putSize(part.next());
            out.putText(part.reason());
            out.putText(part.step());
        }
        return JourneyBytes.packed(out.toBytes());
    }

    /** In runs: mostly they are the neighbours of one parcel. */
    private static void putItems(Output out, List<ItemPlace> items) {
        out.putSize(items.size());
        int from = 0;
        while (from < items.size()) {
            ItemPlace first = items.get(from);
            int to = from + 1;
            while (to < items.size()
                    && items.get(to).parcel() == first.parcel()
                    && items.get(to).ordinal() == first.ordinal() + to - from) {
                to++;
            }
            out.putSize(first.parcel());
            out.putSize(first.ordinal());
            out.putSize(to - from);
            from = to;
        }
    }

    private static List<ItemPlace> items(Input in) {
        int size = in.getCount();
        List<ItemPlace> items = new ArrayList<>(size);
        while (items.size() < size) {
            long parcel = in.getSize();
            int ordinal = in.getCount();
            for (int left = in.getCount(); left > 0; left--) {
                items.add(new ItemPlace(parcel, ordinal++));
            }
        }
        return items;
    }

    private static List<SentKeys> sent(Input in) {
        List<SentKeys> sent = new ArrayList<>();
        for (int left = in.getCount(); left > 0; left--) {
            sent.add(new SentKeys(in.getText(), in.getCount(), texts(in)));
        }
        return sent;
    }

    private static void putTexts(Output out, List<String> texts) {
        out.putSize(texts.size());
        texts.forEach(out::putText);
    }

    private static List<String> texts(Input in) {
        List<String> texts = new ArrayList<>();
        for (int left = in.getCount(); left > 0; left--) {
            texts.add(in.getText());
        }
        return texts;
    }

    /** @return what became of one item */
    ItemDeliveries of(ItemPlace wanted) {
        List<Found> found = new ArrayList<>();
        ItemPlace now = wanted;
        for (StoredPart part : parts) {
            int index = part.items().indexOf(wanted);
            if (part.outcome() == Outcome.ERASED) {
                now = index >= 0 ? null : wanted.without(part.items());
            } else if (index >= 0) {
                List<String> receipts = part.receipts();
                found.add(new Found(
                        part.outcome(),
                        part.attempts(),
                        part.path(),
                        receipts.isEmpty() ? null : receipts.get(Math.min(index, receipts.size() - 1)),
                        sentItems(part),
                        part.next(),
                        part.reason(),
                        part.step()));
            }
        }
        return new ItemDeliveries(found, now);
    }

    private List<SentItem> sentItems(StoredPart part) {
        List<SentItem> items = new ArrayList<>();
        for (SentKeys sent : part.sent()) {
            List<StoredParcel> parcels = stored.getOrDefault(sent.spool(), List.of());
            int number = sent.offset();
            for (String key : sent.keys()) {
                items.add(new SentItem(sent.spool(), key, ItemPlace.of(parcels, number++)));
            }
        }
        return items;
    }

    Deliveries.Summary summary() {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        Set<Long> parcels = new TreeSet<>();
        Set<Long> sent = new TreeSet<>();
        String failed = null;
        stored.values().forEach(all -> all.forEach(parcel -> sent.add(parcel.id())));
        for (StoredPart part : parts) {
            part.items().forEach(item -> parcels.add(item.parcel()));
            outcomes.merge(part.outcome(), part.items().size(), Integer::sum);
            if (part.next() != 0) {
                sent.add(part.next());
            }
            failed = failed == null ? part.step() : failed;
        }
        // An item that was alone in its parcel stays there when it fails.
        sent.removeAll(parcels);
        return new Deliveries.Summary(outcomes, failed, parcels, sent);
    }

    /** @return the same without what names some items */
    StoredDeliveries without(Collection<ItemPlace> erased) {
        return new StoredDeliveries(
                stored, parts.stream().map(part -> part.without(erased)).toList());
    }
}
