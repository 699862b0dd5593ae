package io.threadpost.journey;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.threadpost.journey.JourneyBytes.Input;
import io.threadpost.journey.JourneyBytes.Output;
import io.threadpost.steptrace.StepPath;

/** What became of items of one batch: delivered, and as what; or failed, and why. */
public final class Deliveries {
    private static final int PLAIN = 1;
    private static final int DEFLATED = 2;
    /** Shorter ones are not worth the time. */
    private static final int LEAST_DEFLATED = 1000;

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
     * What a settlement says of one item.
     *
     * @param found what became of it; empty when it is not among the items
     * @param now where it is from then on; null when it was erased
     */
    record Decoded(List<Found> found, ItemPlace now) {}

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

    /**
     * What became of all items, without what names them.
     *
     * @param outcomes how many ended how
     * @param step where one failed; null when none did, or the step is unknown
     * @param parcels that they were in
     * @param sent other parcels that they were put into: other spools' or, to be retried, the same spool's
     */
    public record Summary(Map<Outcome, Integer> outcomes, String step, Set<Long> parcels, Set<Long> sent) {}

    /** An item that was sent to another spool. */
    record SentItem(String spool, String key, ItemPlace place) {}

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

    /** @param pathIds the id of a stored path */
    byte[] encode(ToLongFunction<StepPath> pathIds) {
        Output out = new Output(256);
        out.putSize(stored.size());
        stored.forEach((other, parcels) -> {
            out.putText(other);
            StoredParcel.put(out, parcels);
        });
        out.putSize(parts.size());
        Map<String, Integer> offsets = new LinkedHashMap<>();
        for (Part part : parts) {
            out.putByte(part.outcome().ordinal());
            putItems(out, part.items());
            out.putSize(part.attempts());
            out.putLong(part.path() == null ? 0 : pathIds.applyAsLong(part.path()));
            out.putSize(part.receipts().size());
            part.receipts().forEach(out::putText);
            out.putSize(part.keys().size());
            part.keys().forEach((other, keys) -> {
                out.putText(other);
                out.putSize(offsets.getOrDefault(other, 0));
                offsets.merge(other, keys.size(), Integer::sum);
                out.putSize(keys.size());
                keys.forEach(out::putText);
            });
            out.putSize(part.next());
            out.putText(part.reason());
            out.putText(part.step());
        }
        return packed(out.toBytes());
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

    /** @return what became of one item */
    static Decoded decode(byte[] bytes, ItemPlace wanted) {
        Input in = new Input(unpacked(bytes));
        Map<String, List<StoredParcel>> stored = new LinkedHashMap<>();
        for (int left = in.getCount(); left > 0; left--) {
            stored.put(in.getText(), StoredParcel.get(in));
        }
        List<Found> found = new ArrayList<>();
        ItemPlace now = wanted;
        for (int left = in.getCount(); left > 0; left--) {
            Outcome outcome = Outcome.values()[in.getByte()];
            List<ItemPlace> items = items(in);
            int index = items.indexOf(wanted);
            int attempts = in.getCount();
            long path = in.getLong();
            List<String> receipts = texts(in, in.getCount());
            List<SentItem> sent = new ArrayList<>();
            for (int spools = in.getCount(); spools > 0; spools--) {
                String other = in.getText();
                int offset = in.getCount();
                for (String key : texts(in, in.getCount())) {
                    sent.add(new SentItem(other, key, ItemPlace.of(stored.getOrDefault(other, List.of()), offset++)));
                }
            }
            String receipt = receipts.isEmpty() || index < 0
                    ? null
                    : receipts.get(receipts.size() == 1 ? 0 : Math.min(index, receipts.size() - 1));
            Found one = new Found(outcome, attempts, path, receipt, sent, in.getSize(), in.getText(), in.getText());
            if (outcome == Outcome.ERASED) {
                now = index >= 0 ? null : wanted.without(items);
            } else if (index >= 0) {
                found.add(one);
            }
        }
        return new Decoded(found, now);
    }

    static Summary summary(byte[] bytes) {
        Input in = new Input(unpacked(bytes));
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        Set<Long> parcels = new TreeSet<>();
        Set<Long> sent = new TreeSet<>();
        String failed = null;
        for (int left = in.getCount(); left > 0; left--) {
            in.getText();
            StoredParcel.get(in).forEach(parcel -> sent.add(parcel.id()));
        }
        for (int left = in.getCount(); left > 0; left--) {
            Outcome outcome = Outcome.values()[in.getByte()];
            List<ItemPlace> items = items(in);
            items.forEach(item -> parcels.add(item.parcel()));
            outcomes.merge(outcome, items.size(), Integer::sum);
            in.getCount();
            in.getLong();
            texts(in, in.getCount());
            for (int spools = in.getCount(); spools > 0; spools--) {
                in.getText();
                in.getCount();
                texts(in, in.getCount());
            }
            long next = in.getSize();
            if (next != 0) {
                sent.add(next);
            }
            in.getText();
            String step = in.getText();
            failed = failed == null ? step : failed;
        }
        // An item that was alone in its parcel stays there when it fails.
        sent.removeAll(parcels);
        return new Summary(outcomes, failed, parcels, sent);
    }

    /** @return the encoded deliveries without what names some items; files with several of them keep their name */
    static byte[] without(byte[] bytes, Collection<ItemPlace> erased) {
        Input in = new Input(unpacked(bytes));
        Output out = new Output(bytes.length * 4);
        int spools = in.getCount();
        out.putSize(spools);
        for (int left = spools; left > 0; left--) {
            out.putText(in.getText());
            StoredParcel.put(out, StoredParcel.get(in));
        }
        int size = in.getCount();
        out.putSize(size);
        for (int left = size; left > 0; left--) {
            out.putByte(in.getByte());
            List<ItemPlace> items = items(in);
            putItems(out, items);
            out.putSize(in.getSize());
            out.putLong(in.getLong());
            List<String> receipts = texts(in, in.getCount());
            boolean all = erased.containsAll(items);
            for (int i = 0; i < receipts.size(); i++) {
                boolean own = receipts.size() > 1 && i < items.size() && erased.contains(items.get(i));
                receipts.set(i, all || own ? null : receipts.get(i));
            }
            out.putSize(receipts.size());
            receipts.forEach(out::putText);
            int keys = in.getCount();
            out.putSize(keys);
            for (int other = keys; other > 0; other--) {
                out.putText(in.getText());
                out.putSize(in.getSize());
                List<String> names = texts(in, in.getCount());
                out.putSize(names.size());
                names.forEach(name -> out.putText(all ? null : name));
            }
            out.putSize(in.getSize());
            String reason = in.getText();
            out.putText(all ? null : reason);
            out.putText(in.getText());
        }
        return packed(out.toBytes());
    }

    private static List<String> texts(Input in, int size) {
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(in.getText());
        }
        return texts;
    }

    /** File names and keys repeat most of their characters. */
    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 16);
        if (bytes.length < LEAST_DEFLATED) {
            out.write(PLAIN);
            out.writeBytes(bytes);
            return out.toByteArray();
        }
        out.write(DEFLATED);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    static byte[] unpacked(byte[] bytes) {
        if (bytes[0] == PLAIN) {
            return Arrays.copyOfRange(bytes, 1, bytes.length);
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, 1, bytes.length - 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 4);
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int read = inflater.inflate(buffer);
                if (read == 0) {
                    throw new IllegalStateException("a journey of " + bytes.length + " bytes is cut off");
                }
                out.write(buffer, 0, read);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalStateException("a journey of " + bytes.length + " bytes cannot be read: " + e, e);
        } finally {
            inflater.end();
        }
    }
}
