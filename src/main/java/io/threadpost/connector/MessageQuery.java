package io.threadpost.connector;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code messages/getAll} asks for: the messages of some threads, newest first. There is no filter by a message's
 * id.
 *
 * @param threadIds 1 to 1000
 * @param createdFrom where the interval of {@code CreatedUtc} starts; null for any time
 * @param createdTo where it ends, at most one calendar month later; null for any time
 * @param cursor of the page before; null for the first page
 * @param count messages in the page at most, 1 to 1000
 */
public record MessageQuery(List<String> threadIds, Instant createdFrom, Instant createdTo, String cursor, int count) {
    /** Threads in one request, and messages in one page, at most. */
    public static final int MOST = 1000;

    /** @throws IllegalArgumentException when the platform does not allow it */
    public MessageQuery {
        threadIds = List.copyOf(threadIds);
        if (threadIds.isEmpty() || threadIds.size() > MOST) {
            throw new IllegalArgumentException("messages/getAll takes 1 to 1000 threads, not " + threadIds.size());
        }
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("messages/getAll gives 1 to 1000 messages, not " + count);
        }
        if ((createdFrom == null) != (createdTo == null)) {
            throw new IllegalArgumentException("an interval of messages has a start and an end");
        }
        if (createdFrom != null) {
            createdFrom = createdFrom.truncatedTo(ChronoUnit.MILLIS);
            createdTo = createdTo.truncatedTo(ChronoUnit.MILLIS);
            Instant latest = createdFrom.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();
            if (createdTo.isBefore(createdFrom) || createdTo.isAfter(latest)) {
                throw new IllegalArgumentException(
                        "an interval of messages is at most one month: " + createdFrom + " to " + createdTo);
            }
        }
    }

    /** All messages of these threads, in full pages. */
    public static MessageQuery of(List<String> threadIds) {
        return new MessageQuery(threadIds, null, null, null, MOST);
    }

    /** The messages created in an interval only; its ends are cut to milliseconds. */
    public MessageQuery created(Instant from, Instant to) {
        return new MessageQuery(threadIds, from, to, cursor, count);
    }

    /** The page behind a cursor. */
    public MessageQuery after(String pageCursor) {
        return new MessageQuery(threadIds, createdFrom, createdTo, pageCursor, count);
    }

    /** Smaller pages. */
    public MessageQuery count(int most) {
        return new MessageQuery(threadIds, createdFrom, createdTo, cursor, most);
    }

    Map<String, Object> toRequest() {
        Map<String, Object> limitation = new HashMap<>();
        limitation.put("Count", count);
        if (cursor != null) {
            limitation.put("Cursor", cursor);
        }
        Map<String, Object> request = new HashMap<>();
        request.put("MessageThreadIds", threadIds);
        // The threads may be in enterprises that the connection does not pull.
        request.put("EnterpriseIds", null);
        request.put("Limitation", limitation);
        if (createdFrom != null) {
            request.put("CreatedUtc", Map.of("StartUtc", createdFrom.toString(), "EndUtc", createdTo.toString()));
        }
        return request;
    }
}
