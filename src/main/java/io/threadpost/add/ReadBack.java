package io.threadpost.add;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.add.LearnedTruncations.Likeness;
import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.MessageThread;
import io.threadpost.connector.ThreadPage;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.spool.PostponedException;

/**
 * Finds the thread of an unresolved add: asks the platform for all threads of the time in which the add may have made
 * it, and resolves which of them it made. Adds with indistinguishable texts may take each other's threads, as long as
 * each gets one.
 */
@Singleton
final class ReadBack {
    private static final Logger LOG = Logger.getLogger(ReadBack.class);
    /** The platform's own clocks need not agree. */
    private static final Duration MARGIN = Duration.ofMinutes(5);
    /** The platform allows three months; less is lighter. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final long SHARED_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Comparator<CreatedThread> OLDEST =
            Comparator.comparing(CreatedThread::created).thenComparing(CreatedThread::id);

    private final Ledger ledger;
    private final ThreadAddLedger adds;
    private final AddPlatformClient platform;
    private final Map<String, View> views = new ConcurrentHashMap<>();

    ReadBack(Ledger ledger, ThreadAddLedger adds, AddPlatformClient platform) {
        this.ledger = ledger;
        this.adds = adds;
        this.platform = platform;
    }

    /**
     * Asks the platform.
     *
     * @param since the platform's time, milliseconds since the epoch
     * @param fresh whether a recent answer to another add must not be shared
     * @return the threads of the connection created since then, and up to five minutes before
     * @throws ConnectorException when the platform does not answer
     */
    List<CreatedThread> threads(String connection, long since, boolean fresh) {
        return views.computeIfAbsent(connection, View::new).threads(Instant.ofEpochMilli(since), fresh);
    }

    /**
     * Resolves an add, and records the outcome.
     *
     * @param threads all candidates
     * @param over whether no other one can appear
     * @return how the add ended; empty when its thread is not among them
     */
    Optional<AddOutcome> resolve(InboundMessage message, List<CreatedThread> threads, boolean over) {
        LearnedTruncations truncations = adds.truncations(message.connection());
        List<CreatedThread> alike = threads.stream()
                .filter(thread -> truncations.compare(message.texts(), thread) != Likeness.OTHER)
                .sorted(OLDEST)
                .toList();
        return alike.isEmpty() ? Optional.empty() : ledger.write(tx -> resolve(tx, message, alike, truncations, over));
    }

    private Optional<AddOutcome> resolve(
            Transaction tx,
            InboundMessage message,
            List<CreatedThread> alike,
            LearnedTruncations truncations,
            boolean over)
            throws SQLException {
        List<CreatedThread> free = ThreadOwners.unowned(tx, alike);
        List<ThreadTexts> others = adds.others(tx, message);
        List<CreatedThread> same = free.stream()
                .filter(thread -> truncations.compare(message.texts(), thread) == Likeness.SAME)
                .toList();
        if (!same.isEmpty()) {
            long claimants = 1
                    + others.stream()
                            .filter(other -> same.stream()
                                    .anyMatch(thread -> truncations.compare(other, thread) == Likeness.SAME))
                            .count();
            return same.size() <= claimants ? adopt(tx, message, same) : ambiguous(tx, message, same);
        }
        if (!over) {
            return Optional.empty();
        }
        List<CreatedThread> rough = free.stream()
                .filter(thread ->
                        others.stream().noneMatch(other -> truncations.compare(other, thread) == Likeness.SAME))
                .toList();
        for (CreatedThread thread : rough) {
            if (ThreadOwners.own(tx, message, thread)) {
                return Optional.of(adds.refused(
                        tx,
                        message,
                        "rough-match",
                        "the platform's answer was lost, and it has thread " + thread.id()
                                + ", which begins alike but is truncated; if that is its thread,"
                                + " discard this message"));
            }
        }
        return Optional.empty();
    }

    private Optional<AddOutcome> adopt(Transaction tx, InboundMessage message, List<CreatedThread> same)
            throws SQLException {
        for (CreatedThread thread : same) {
            if (ThreadOwners.own(tx, message, thread)) {
                LOG.infof("%s: adopts thread %s, made by a request whose answer was lost", message, thread.id());
                return Optional.of(adds.added(tx, message, thread));
            }
        }
        return Optional.empty();
    }

    private Optional<AddOutcome> ambiguous(Transaction tx, InboundMessage message, List<CreatedThread> same)
            throws SQLException {
        for (CreatedThread thread : same) {
            ThreadOwners.own(tx, message, thread);
        }
        List<String> ids = same.stream().map(CreatedThread::id).limit(5).toList();
        return Optional.of(adds.refused(
                tx,
                message,
                "ambiguous",
                "the platform's answer was lost, and it has " + same.size() + " threads alike that belong to no other"
                        + " message: " + String.join(", ", ids)
                        + "; if one of them is its thread, discard this message"));
    }

    /** One connection's view of the platform: an add that comes during a request waits, and may share its answer. */
    private final class View {
        private final String connection;
        private Instant since = Instant.MAX;
        private long begun;
        private List<CreatedThread> seen = List.of();

        View(String connection) {
            this.connection = connection;
        }

        synchronized List<CreatedThread> threads(Instant wanted, boolean fresh) {
            boolean recent = System.nanoTime() - begun < SHARED_NANOS;
            if (fresh || !recent || since.isAfter(wanted)) {
                long now = System.nanoTime();
                Map<String, CreatedThread> threads = new LinkedHashMap<>();
                read(
                        connection,
                        wanted.minus(MARGIN),
                        platform.latest(connection).plus(MARGIN),
                        threads);
                seen = new ArrayList<>(threads.values());
                since = wanted;
                begun = now;
            }
            return seen;
        }
    }

    /**
     * No cursors: an answer that is not full is complete for its interval, in whatever order; a full one is split in
     * halves.
     */
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
                                + ", too many to find this message's among them");
            }
        }
        Instant middle = from.plusMillis(length.toMillis() / 2);
        read(connection, from, middle, threads);
        read(connection, middle, to, threads);
    }
}
