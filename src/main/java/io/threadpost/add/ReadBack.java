package io.threadpost.add;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.MessageThread;
import io.threadpost.connector.ThreadPage;
import io.threadpost.spool.PostponedException;

/**
 * What the platform has in the time in which an add may have made its thread. No cursors: an answer that is not full is
 * the whole truth of its interval, in whatever order; for a full one, each half is asked for. Adds that wait side by
 * side share what was seen a moment ago.
 */
@Singleton
final class ReadBack {
    /** The platform's own clocks need not agree. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** The platform allows three months, and less is lighter. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final long SHARED_NANOS = Duration.ofSeconds(2).toNanos();

    private final AddPlatformClient platform;
    private final Map<String, Eye> eyes = new ConcurrentHashMap<>();

    ReadBack(AddPlatformClient platform) {
        this.platform = platform;
    }

    /**
     * @param since the platform's time, milliseconds since the epoch
     * @param fresh whether what was seen a moment ago will not do
     * @return the threads of the connection created since then, give or take some minutes
     * @throws ConnectorException when the platform does not tell
     */
    List<CreatedThread> since(String connection, long since, boolean fresh) {
        return eyes.computeIfAbsent(connection, Eye::new).look(Instant.ofEpochMilli(since), fresh);
    }

    /** One connection's view: whoever comes while another looks waits, and may have that one's. */
    private final class Eye {
        private final String connection;
        private Instant since = Instant.MAX;
        private long begun;
        private List<CreatedThread> seen = List.of();

        Eye(String connection) {
            this.connection = connection;
        }

        synchronized List<CreatedThread> look(Instant wanted, boolean fresh) {
            boolean lately = System.nanoTime() - begun < SHARED_NANOS;
            if (fresh || !lately || since.isAfter(wanted)) {
                long now = System.nanoTime();
                Map<String, CreatedThread> threads = new LinkedHashMap<>();
                read(connection, wanted.minus(MARGIN), platform.now(connection).plus(MARGIN), threads);
                seen = new ArrayList<>(threads.values());
                since = wanted;
                begun = now;
            }
            return seen;
        }
    }

    private void read(String connection, Instant from, Instant to, Map<String, CreatedThread> threads) {
        Duration length = Duration.between(from, to);
        if (length.compareTo(LONGEST) <= 0) {
            try {
                ThreadPage page = platform.created(connection, from, to, AddPlatformClient.MOST);
                for (MessageThread thread : page.threads()) {
                    if (thread.id() != null) {
                        threads.put(thread.id(), CreatedThread.of(thread.json()));
                    }
                }
                if (page.size() < AddPlatformClient.MOST) {
                    return;
                }
            } catch (ConnectorException e) {
                if (e.failure() != ConnectorFailure.TOO_HEAVY || length.compareTo(SHORTEST) <= 0) {
                    throw e;
                }
            }
            if (length.compareTo(SHORTEST) <= 0) {
                throw new PostponedException(
                        Duration.ofMinutes(1),
                        "the platform has more than " + AddPlatformClient.MOST + " threads created at " + from
                                + ", and which of them is ours cannot be seen");
            }
        }
        Instant middle = from.plusMillis(length.toMillis() / 2);
        read(connection, from, middle, threads);
        read(connection, middle, to, threads);
    }
}
