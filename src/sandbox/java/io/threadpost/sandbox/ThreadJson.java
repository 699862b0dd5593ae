package io.threadpost.sandbox;

import java.util.List;

/**
 * Writes threads as the platform serves them. A version's text never changes: everything is computed from its slot and
 * times, and what is resolved gets another version.
 */
final class ThreadJson {
    /** Values that a client which parses and prints numbers, or escapes, would change. */
    private static final String[] EXTRAS = {
        ",\"Rating\":1.10,\"Weight\":1E+2,\"Sequence\":12345678901234567890",
        ",\"Origin\":{\"Channel\":\"caf\\u00e9 \\/ \\ud83d\\ude00\",\"Path\":[1.0,-0,2e-3,null,[]],\"Empty\":{}}",
        ",\"Rating\":0.10000000000000000555,\"Labels\":[\"a\\tb\",\"\\u0041\"],\"Assignee\":null"
    };

    private final ThreadStore store;
    private final TimePrecision precision;
    private final boolean extraFields;

    ThreadJson(ThreadStore store, TimePrecision precision, boolean extraFields) {
        this.store = store;
        this.precision = precision;
        this.extraFields = extraFields;
    }

    /** The whole answer; the cursor is the last thread's id unless another is given. */
    byte[] page(List<ThreadVersion> threads, String otherCursor) {
        JsonBuffer json = new JsonBuffer(64 + threads.size() * (extraFields ? 420 : 280));
        json.raw("{\"MessageThreads\":[");
        for (int i = 0; i < threads.size(); i++) {
            thread(i == 0 ? json : json.raw(","), threads.get(i));
        }
        json.raw("],\"Cursor\":");
        if (otherCursor != null) {
            json.string(otherCursor);
        } else if (threads.isEmpty()) {
            json.raw("null");
        } else {
            id(json.raw("\""), threads.get(threads.size() - 1).slot()).raw("\"");
        }
        return json.raw("}").toBytes();
    }

    void thread(JsonBuffer json, ThreadVersion thread) {
        int slot = thread.slot();
        ThreadText text = store.text(slot);
        id(json.raw("{\"Id\":\""), slot);
        json.raw("\",\"OriginalSender\":").string(text.sender());
        json.raw(",\"Subject\":").string(text.subject());
        json.raw(",\"CreatedUtc\":\"").time(thread.created(), precision);
        json.raw("\",\"UpdatedUtc\":\"").time(thread.updated(), precision).raw("\"");
        Boolean resolved = store.resolved(slot);
        // Computed for threads that nobody resolved or added. Some have none: the property may be absent.
        int noise = SplitMix.below(SplitMix.of(thread.updated(), slot), 3);
        if (resolved != null || noise > 0) {
            json.raw(",\"IsResolved\":").raw(Boolean.toString(resolved != null ? resolved : noise == 1));
        }
        if (extraFields) {
            json.raw(EXTRAS[slot % EXTRAS.length]);
        }
        json.raw("}");
    }

    /** "Id UpdatedUtc". */
    JsonBuffer version(JsonBuffer line, ThreadVersion thread) {
        return id(line, thread.slot()).raw(" ").time(thread.updated(), precision);
    }

    private JsonBuffer id(JsonBuffer json, int slot) {
        return json.uuid(store.ids().high(slot), store.ids().low(slot));
    }
}
