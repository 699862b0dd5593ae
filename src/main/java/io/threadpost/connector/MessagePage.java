package io.threadpost.connector;

import java.time.Instant;
import java.util.AbstractList;
import java.util.List;

import io.threadpost.json.RawJson;

/** One answer to {@code messages/getAll}: to routes a list of JSON messages, newest first. */
public final class MessagePage extends AbstractList<RawJson> {
    private final List<PlatformMessage> messages;
    private final String cursor;
    private final Instant serverTime;
    private final long answeredNanos;

    /**
     * @param cursor asks for the next older page; null when there is none
     * @param serverTime the answer's {@code Date}, whole seconds; null when it had none
     * @param answeredNanos {@link System#nanoTime()} when the answer came
     */
    public MessagePage(List<PlatformMessage> messages, String cursor, Instant serverTime, long answeredNanos) {
        this.messages = List.copyOf(messages);
        this.cursor = cursor;
        this.serverTime = serverTime;
        this.answeredNanos = answeredNanos;
    }

    public List<PlatformMessage> messages() {
        return messages;
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

    @Override
    public RawJson get(int index) {
        return messages.get(index).json();
    }

    @Override
    public int size() {
        return messages.size();
    }
}
