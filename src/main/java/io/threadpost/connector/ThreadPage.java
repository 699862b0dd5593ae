package io.threadpost.connector;

import java.time.Instant;
import java.util.AbstractList;
import java.util.List;

import io.threadpost.json.RawJson;

/** One answer to {@code messageThreads/getAll}: to routes a list of JSON threads, newest first. */
public final class ThreadPage extends AbstractList<RawJson> {
    private final List<MessageThread> threads;
    private final String cursor;
    private final Instant serverTime;
    private final long answeredNanos;
    private final boolean last;

    /**
     * @param cursor asks for the next older page; null when there is none
     * @param serverTime the answer's {@code Date}, whole seconds; null when it had none
     * @param answeredNanos {@link System#nanoTime()} when the answer came
     */
    public ThreadPage(List<MessageThread> threads, String cursor, Instant serverTime, long answeredNanos) {
        this(threads, cursor, serverTime, answeredNanos, false);
    }

    ThreadPage(List<MessageThread> threads, String cursor, Instant serverTime, long answeredNanos, boolean last) {
        this.threads = List.copyOf(threads);
        this.cursor = cursor;
        this.serverTime = serverTime;
        this.answeredNanos = answeredNanos;
        this.last = last;
    }

    public List<MessageThread> threads() {
        return threads;
    }

    public String cursor() {
        return cursor;
    }

    public Instant serverTime() {
        return serverTime;
    }

    public long answeredNanos() {
        return answeredNanos;
    }

    /**
     * @return whether it is known that nothing is left behind it; otherwise an empty answer to a cursor may also mean
     *     that the cursor's thread was updated
     */
    public boolean isLast() {
        return last;
    }

    @Override
    public RawJson get(int index) {
        return threads.get(index).json();
    }

    @Override
    public int size() {
        return threads.size();
    }
}
