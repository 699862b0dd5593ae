package io.threadpost.journey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

import io.threadpost.journey.JourneyBytes.Input;
import io.threadpost.journey.JourneyBytes.Output;
import io.threadpost.steptrace.StepPath;

/** The items that came in with one transaction, such as a page: which way each took, and where it went. */
public final class Arrivals {
    private static final int FORMAT = 1;
    private static final int EXPECTED = 20;
    private static final int EXPECTED_TEXT = 64;
    /** Of subject and sender: the rest is content. */
    private static final int LONGEST_TEXT = 200;

    private final String connection;
    private final long window;
    private final long page;
    private final List<String> ids = new ArrayList<>();
    private final List<StepPath> paths = new ArrayList<>();
    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Output texts = new Output(EXPECTED_TEXT);
    private final Output times = new Output(EXPECTED);
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;
    private long before;

    /**
     * Begins an empty list.
     *
     * @param connection the connection (hotel) of all of them; null if none
     * @param window the id of the window; without a page, the number of a re-delivery; 0 for neither
     * @param page the number of the page in its window, from 1; 0 outside of a pull
     */
    public Arrivals(String connection, long window, long page) {
        this.connection = connection;
        this.window = window;
        this.page = page;
    }

    /** What went to one spool: how many items of which arrivals, in their order, and the parcels that hold them. */
    private static final class Sent {
        private int[] arrivals = new int[EXPECTED];
        private int[] counts = new int[EXPECTED];
        private int size;
        private boolean single = true;
        private List<StoredParcel> parcels = List.of();

        private void add(int arrival, int items) {
            if (size == counts.length) {
                arrivals = Arrays.copyOf(arrivals, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            arrivals[size] = arrival;
            counts[size++] = items;
            single &= items == 1;
        }
    }

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

    /**
     * Adds an arrival.
     *
     * @param id of the thread, or the key of the item
     * @param updated its {@code UpdatedUtc}, nanoseconds since the epoch; 0 for what is no thread
     * @param path the steps it passed; null when they were not recorded
     * @param subject may be null
     * @param sender may be null
     * @return its number, from 0
     */
    public int add(String id, long updated, StepPath path, String subject, String sender) {
        ids.add(id);
        paths.add(path);
        times.putNumber(updated - before);
        before = updated;
        oldest = Math.min(oldest, updated);
        newest = Math.max(newest, updated);
        texts.putText(cut(subject));
        texts.putText(cut(sender));
        return ids.size() - 1;
    }

    private static String cut(String text) {
        return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /** An arrival has sent items to a spool; arrivals must come in their order. */
    public void sent(int item, String spool, int items) {
        sent.computeIfAbsent(spool, name -> new Sent()).add(item, items);
    }

    /**
     * The parcels that hold what was sent to a spool.
     *
     * @param parcels empty when the spool dropped it, since its target never was on
     */
    public void stored(String spool, List<StoredParcel> parcels) {
        sent.computeIfAbsent(spool, name -> new Sent()).parcels = parcels;
    }

    /**
     * An arrival failed on its way, and waits in a parcel of its own.
     *
     * @param reason one line for people
     * @param step where it failed; null when unknown
     */
    public void failed(int item, String spool, long parcel, String reason, String step) {
        failures.add(new Failure(item, spool, parcel, reason, step));
    }

    String connection() {
        return connection;
    }

    long window() {
        return window;
    }

    long page() {
        return page;
    }

    int size() {
        return ids.size();
    }

    long oldest() {
        return oldest;
    }

    long newest() {
        return newest;
    }

    Set<StepPath> paths() {
        Set<StepPath> distinct = new LinkedHashSet<>(paths);
        distinct.remove(null);
        return distinct;
    }

    byte[] filter() {
        return IdFilter.of(ids);
    }

    /** @return what may name a person: subjects and senders, then failures */
    byte[] texts() {
        Output out = new Output(EXPECTED_TEXT);
        out.putSize(ids.size());
        out.append(texts);
        putFailures(out, failures);
        return out.toBytes();
    }

    private static void putFailures(Output out, List<Failure> failures) {
        out.putSize(failures.size());
        for (Failure failure : failures) {
            out.putSize(failure.item());
            out.putText(failure.spool());
            out.putSize(failure.parcel());
            out.putText(failure.reason());
            out.putText(failure.step());
        }
    }

    /** @param pathIds the id of a stored path */
    byte[] encode(ToLongFunction<StepPath> pathIds) {
        Output out = new Output(EXPECTED * ids.size() + EXPECTED_TEXT);
        putIds(out, ids);
        out.append(times);
        putPaths(out, pathIds);
        out.putSize(sent.size());
        sent.forEach((spool, items) -> putSent(out, spool, items));
        return out.toBytes();
    }

    /** In runs: mostly all of a page took the same way. */
    private void putPaths(Output out, ToLongFunction<StepPath> pathIds) {
        int from = 0;
        while (from < paths.size()) {
            StepPath path = paths.get(from);
            int to = from + 1;
            while (to < paths.size() && paths.get(to) == path) {
                to++;
            }
            out.putSize(to - from);
            out.putLong(path == null ? 0 : pathIds.applyAsLong(path));
            from = to;
        }
    }

    private void putSent(Output out, String spool, Sent items) {
        out.putText(spool);
        StoredParcel.put(out, items.parcels);
        boolean each = items.single && items.size == ids.size();
        out.putByte(each ? 1 : 0);
        if (!each) {
            out.putSize(items.size);
            int last = 0;
            for (int i = 0; i < items.size; i++) {
                out.putSize(items.arrivals[i] - last);
                out.putSize(items.counts[i]);
                last = items.arrivals[i];
            }
        }
    }

    /** @return the arrivals in their order */
    static List<Item> decode(byte[] bytes) {
        Input in = new Input(bytes);
        in.getByte();
        int size = in.getCount();
        List<String> ids = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ids.add(in.getId());
        }
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
        Input in = new Input(bytes);
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

    private static void putIds(Output out, List<String> ids) {
        out.putByte(FORMAT);
        out.putSize(ids.size());
        ids.forEach(out::putId);
    }
}
