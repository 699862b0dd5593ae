package io.threadpost.connector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Threads of more enterprises than the platform takes in one request: the enterprises are cut into parts, and one part
 * is paged after the other. A page goes on with the next part where one ends, so that only the last page is short.
 */
final class PartitionedThreads {
    /** Enterprises that the platform takes in a request. */
    static final int MOST = 1000;

    private final List<?> enterprises;
    private final Function<Map<String, Object>, ThreadPage> platform;

    /** @param platform serves requests of at most {@link #MOST} enterprises */
    PartitionedThreads(List<?> enterprises, Function<Map<String, Object>, ThreadPage> platform) {
        this.enterprises = enterprises;
        this.platform = platform;
    }

    /**
     * Where a part goes on, as text a cursor of its own.
     *
     * @param thread null: at the part's head
     * @param updated the thread's {@code UpdatedUtc}, as it was seen; empty if unknown
     */
    private record Position(int part, String thread, String updated) {
        private static final String SEPARATOR = "|";

        static Position head(int part) {
            return new Position(part, null, "");
        }

        /** @param cursor null: the head of the first part; one without parts comes from a time of fewer enterprises */
        static Position of(String cursor, int enterprises) {
            if (cursor == null || !cursor.contains(SEPARATOR)) {
                return new Position(0, cursor, "");
            }
            String[] fields = cursor.split("[" + SEPARATOR + "]", -1);
            if (!fields[0].equals(String.valueOf(enterprises))) {
                throw refused("the cursor is of other enterprises than those that are configured now");
            }
            return new Position(Integer.parseInt(fields[1]), fields[2].isEmpty() ? null : fields[2], fields[3]);
        }

        String cursor(int enterprises) {
            return String.join(
                    SEPARATOR,
                    String.valueOf(enterprises),
                    String.valueOf(part),
                    thread == null ? "" : thread,
                    updated == null ? "" : updated);
        }
    }

    private static ConnectorException refused(String why) {
        return ConnectorException.unanswered("messageThreads/getAll", ConnectorFailure.INVALID, null, why);
    }

    /** @throws ConnectorException as of one request; also INVALID, for a cursor whose thread has changed */
    ThreadPage get(Map<String, Object> request) {
        return request.containsKey("MessageThreadIds") ? byIds(request) : page(request);
    }

    private ThreadPage byIds(Map<String, Object> request) {
        List<MessageThread> threads = new ArrayList<>();
        ThreadPage answer = null;
        for (int part = 0; part < parts(); part++) {
            answer = platform.apply(with(request, part));
            threads.addAll(answer.threads());
        }
        return new ThreadPage(threads, null, answer.serverTime(), answer.answeredNanos());
    }

    private ThreadPage page(Map<String, Object> request) {
        Map<?, ?> limitation = (Map<?, ?>) request.get("Limitation");
        int count = (Integer) limitation.get("Count");
        Position position = Position.of((String) limitation.get("Cursor"), enterprises.hashCode());
        List<MessageThread> threads = new ArrayList<>();
        while (true) {
            int wanted = count - threads.size();
            ThreadPage answer = part(request, position, wanted);
            threads.addAll(answer.threads());
            if (answer.cursor() != null && answer.size() >= wanted) {
                Position next = new Position(position.part(), answer.cursor(), updated(answer, answer.cursor()));
                return page(answer, threads, next);
            }
            if (answer.isEmpty() && position.thread() != null && !isUnchanged(position)) {
                throw refused("the thread of the cursor " + position.thread() + " was updated meanwhile");
            }
            if (position.part() == parts() - 1) {
                return page(answer, threads, null);
            }
            position = Position.head(position.part() + 1);
            if (threads.size() == count) {
                return page(answer, threads, position);
            }
        }
    }

    /** At the head of a part, an identifier of an enterprise may be rejected, but not the cursor. */
    private ThreadPage part(Map<String, Object> request, Position position, int count) {
        try {
            return platform.apply(with(request, position, count));
        } catch (ConnectorException e) {
            throw position.thread() == null ? e.ofRequestWithoutCursor() : e;
        }
    }

    private ThreadPage page(ThreadPage answer, List<MessageThread> threads, Position next) {
        return new ThreadPage(
                threads,
                next == null ? null : next.cursor(enterprises.hashCode()),
                answer.serverTime(),
                answer.answeredNanos(),
                next == null);
    }

    /** Whether the cursor's thread is as it was: else the platform does not say what an empty answer means. */
    private boolean isUnchanged(Position position) {
        Map<String, Object> byId = new HashMap<>();
        byId.put("MessageThreadIds", List.of(position.thread()));
        byId.put("Limitation", Map.of("Count", 1));
        ThreadPage now = platform.apply(with(byId, position.part()));
        return !position.updated().isEmpty() && Objects.equals(position.updated(), updated(now, position.thread()));
    }

    private static String updated(ThreadPage answer, String id) {
        return answer.threads().stream()
                .filter(thread -> id.equals(thread.id()))
                .map(MessageThread::updatedUtc)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private int parts() {
        return (enterprises.size() + MOST - 1) / MOST;
    }

    private Map<String, Object> with(Map<String, Object> request, Position position, int count) {
        Map<String, Object> limitation = new HashMap<>();
        limitation.put("Count", count);
        if (position.thread() != null) {
            limitation.put("Cursor", position.thread());
        }
        Map<String, Object> one = with(request, position.part());
        one.put("Limitation", limitation);
        return one;
    }

    private Map<String, Object> with(Map<String, Object> request, int part) {
        Map<String, Object> one = new HashMap<>(request);
        one.put("EnterpriseIds", enterprises.subList(part * MOST, Math.min(enterprises.size(), (part + 1) * MOST)));
        return one;
    }
}
