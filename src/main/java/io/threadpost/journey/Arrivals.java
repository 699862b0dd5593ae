package io.threadpost.journey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

import io.threadpost.journey.JourneyBytes.Output;
import io.threadpost.journey.StoredArrivals.Failure;
import io.threadpost.steptrace.StepPath;

/** The items that came in with one transaction, such as a page: which way each took, and where it went. */
public final class Arrivals {
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
        StoredArrivals.putFailures(out, failures);
        return out.toBytes();
    }

    /** @param pathIds the id of a stored path */
    byte[] encode(ToLongFunction<StepPath> pathIds) {
        Output out = new Output(EXPECTED * ids.size() + EXPECTED_TEXT);
        StoredArrivals.putIds(out, ids);
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
}
