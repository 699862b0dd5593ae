package io.threadpost.journey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.threadpost.journey.JourneyBytes.Input;
import io.threadpost.journey.JourneyBytes.Output;

/** Arrivals as the ledger has them: what places them, and apart from that what may name a person. */
final class StoredArrivals {
    private static final int FORMAT = 1;

    private StoredArrivals() {}

    /**
     * An arrival that failed on its way, and waits in a parcel of its own.
     *
     * @param item its number, from 0
     * @param reason one line for people
     * @param step where it failed; null when unknown
     */
    record Failure(int item, String spool, long parcel, String reason, String step) {}

    /**
     * An arrival, as it was recorded.
     *
     * @param id of the thread, or the key of the item
     * @param updated its {@code UpdatedUtc}, nanoseconds since the epoch; 0 for what is no thread
     * @param path of the {@linkplain StoredPaths stored path} it took; 0 when it is unknown
     * @param places where it went, by spool
     */
    record Item(String id, long updated, long path, Map<String, List<ItemPlace>> places) {}

    /**
     * The texts of an arrival, each of which may be null.
     *
     * @param failure null when it did not fail
     */
    record Texts(String subject, String sender, Failure failure) {}

    /** @return the arrivals in their order */
    static List<Item> decode(byte[] bytes) {
        Input in = new Input(bytes);
        List<String> ids = ids(in);
        int size = ids.size();
        long[] times = new long[size];
        long time = 0;
        for (int i = 0; i < size; i++) {
            time += in.getNumber();
            times[i] = time;
        }
        long[] paths = paths(in, size);
        List<Map<String, List<ItemPlace>>> places = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            places.add(new LinkedHashMap<>());
        }
        for (int left = in.getCount(); left > 0; left--) {
            readSent(in, places);
        }
        List<Item> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(new Item(ids.get(i), times[i], paths[i], places.get(i)));
        }
        return items;
    }

    private static long[] paths(Input in, int size) {
        long[] paths = new long[size];
        int at = 0;
        while (at < size) {
            int run = in.getCount();
            long path = in.getLong();
            for (int end = at + run; at < end; at++) {
                paths[at] = path;
            }
        }
        return paths;
    }

    private static void readSent(Input in, List<Map<String, List<ItemPlace>>> places) {
        String spool = in.getText();
        List<StoredParcel> parcels = StoredParcel.get(in);
        boolean each = in.getByte() == 1;
        int entries = each ? places.size() : in.getCount();
        int item = 0;
        int number = 0;
        for (int i = 0; i < entries; i++) {
            item = each ? i : item + in.getCount();
            int count = each ? 1 : in.getCount();
            List<ItemPlace> found = places.get(item).computeIfAbsent(spool, name -> new ArrayList<>(count));
            for (int k = 0; k < count; k++) {
                found.add(ItemPlace.of(parcels, number));
                number++;
            }
        }
    }

    /** @return the texts of each arrival, in their order */
    static List<Texts> texts(byte[] bytes) {
        Input in = new Input(bytes);
        int size = in.getCount();
        String[] subjects = new String[size];
        String[] senders = new String[size];
        for (int i = 0; i < size; i++) {
            subjects[i] = in.getText();
            senders[i] = in.getText();
        }
        Failure[] failures = new Failure[size];
        for (int left = in.getCount(); left > 0; left--) {
            int item = in.getCount();
            failures[item] = new Failure(item, in.getText(), in.getSize(), in.getText(), in.getText());
        }
        List<Texts> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(new Texts(subjects[i], senders[i], failures[i]));
        }
        return texts;
    }

    /** @return the ids of the arrivals, in their order */
    static List<String> ids(byte[] bytes) {
        return ids(new Input(bytes));
    }

    private static List<String> ids(Input in) {
        in.getByte();
        int size = in.getCount();
        List<String> ids = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ids.add(in.getId());
        }
        return ids;
    }

    /** @return the encoded arrivals without the ids of some */
    static byte[] withoutIds(byte[] bytes, BitSet erased) {
        List<String> ids = ids(bytes);
        Output before = new Output(bytes.length);
        Output after = new Output(bytes.length);
        putIds(before, ids);
        for (int i = erased.nextSetBit(0); i >= 0; i = erased.nextSetBit(i + 1)) {
            ids.set(i, null);
        }
        putIds(after, ids);
        int read = before.toBytes().length;
        after.append(Arrays.copyOfRange(bytes, read, bytes.length));
        return after.toBytes();
    }

    /** @return the encoded texts without those of some arrivals, whose failures keep their places */
    static byte[] withoutTexts(byte[] bytes, BitSet erased) {
        Output out = new Output(bytes.length);
        List<Failure> failures = new ArrayList<>();
        List<Texts> texts = texts(bytes);
        out.putSize(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            Texts one = texts.get(i);
            boolean gone = erased.get(i);
            out.putText(gone ? null : one.subject());
            out.putText(gone ? null : one.sender());
            if (one.failure() != null) {
                Failure failure = one.failure();
                failures.add(gone ? new Failure(i, failure.spool(), failure.parcel(), null, failure.step()) : failure);
            }
        }
        putFailures(out, failures);
        return out.toBytes();
    }

    static void putIds(Output out, List<String> ids) {
        out.putByte(FORMAT);
        out.putSize(ids.size());
        ids.forEach(out::putId);
    }

    static void putFailures(Output out, List<Failure> failures) {
        out.putSize(failures.size());
        for (Failure failure : failures) {
            out.putSize(failure.item());
            out.putText(failure.spool());
            out.putSize(failure.parcel());
            out.putText(failure.reason());
            out.putText(failure.step());
        }
    }
}
