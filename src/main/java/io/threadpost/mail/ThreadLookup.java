package io.threadpost.mail;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.MessageThread;
import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.Priority;
import io.threadpost.spool.PostponedException;

/** Looks up on the platform whether a thread can be continued. An answer is used for a short time. */
@Singleton
final class ThreadLookup {
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST = 1000;
    private static final long SHORTEST_MILLIS = 2_000;

    private final PlatformClient platform;
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    ThreadLookup(PlatformClient platform) {
        this.platform = platform;
    }

    /** A thread on the platform. */
    enum State {
        OPEN,
        RESOLVED,
        /** Deleted, or out of reach of the connection's token. */
        GONE
    }

    private record Answer(State state, long nanos) {}

    /** @throws PostponedException when the platform does not answer */
    State state(String connection, String thread) {
        String key = connection + '/' + thread;
        synchronized (answers) {
            Answer answer = answers.get(key);
            if (answer != null && System.nanoTime() - answer.nanos() < FRESH_NANOS) {
                return answer.state();
            }
        }
        State state = ask(connection, thread);
        synchronized (answers) {
            answers.put(key, new Answer(state, System.nanoTime()));
            if (answers.size() > MOST) {
                answers.remove(answers.keySet().iterator().next());
            }
        }
        return state;
    }

    private State ask(String connection, String thread) {
        Map<String, Object> request = new HashMap<>();
        request.put("MessageThreadIds", List.of(thread));
        request.put("EnterpriseIds", null);
        request.put("Limitation", Map.of("Count", 1));
        try {
            return platform.getThreads(connection, Priority.ADD, request).threads().stream()
                    .filter(found -> thread.equals(found.id()))
                    .findFirst()
                    .map(ThreadLookup::state)
                    .orElse(State.GONE);
        } catch (ConnectorException e) {
            throw new PostponedException(
                    Duration.ofMillis(Math.max(SHORTEST_MILLIS, e.retryAfterMillis())), e.getMessage());
        }
    }

    private static State state(MessageThread thread) {
        return Boolean.TRUE.equals(thread.json().get("IsResolved")) ? State.RESOLVED : State.OPEN;
    }
}
