package io.threadpost.redelivery;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.MessageThread;
import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.Priority;
import io.threadpost.ledger.Ledger;
import io.threadpost.pull.EnterpriseLookup;
import io.threadpost.pull.IntervalPages;
import io.threadpost.pull.PulledVersions;
import io.threadpost.pull.UtcNanos;
import io.threadpost.redelivery.RedeliveryJobs.Job;
import io.threadpost.spool.SpoolItem;

/** Re-delivery from the platform: fetches threads by their ids, or an interval page by page, the newest first. */
@Singleton
final class PlatformRedelivery {
    private static final Logger LOG = Logger.getLogger(PlatformRedelivery.class);
    /** Ids that the platform takes in a request. */
    private static final int BATCH = 1000;

    private static final long SMALLEST_NANOS = 1_000_000_000L;
    private static final long MILLI = 1_000_000;

    private final Ledger ledger;
    private final PlatformClient platform;
    private final IntervalPages pages;
    private final PulledVersions pulled;
    private final EnterpriseLookup enterprises;
    private final RedeliveryJobs jobs;
    private final RedeliveryStore store;

    PlatformRedelivery(
            Ledger ledger,
            PlatformClient platform,
            IntervalPages pages,
            PulledVersions pulled,
            EnterpriseLookup enterprises,
            RedeliveryJobs jobs,
            RedeliveryStore store) {
        this.ledger = ledger;
        this.platform = platform;
        this.pages = pages;
        this.pulled = pulled;
        this.enterprises = enterprises;
        this.jobs = jobs;
        this.store = store;
    }

    /** Fetches and commits the next batch of ids, or a month of the interval; finishes when nothing is left. */
    void step(Job job) {
        if (job.byIds()) {
            fetchByIds(job);
        } else if (job.reached() > job.start()) {
            fetchInterval(job);
        } else {
            jobs.finish(job);
        }
    }

    private void fetchByIds(Job job) {
        List<String> ids = ledger.read(tx -> tx.texts(
                "SELECT thread FROM redelivery_thread WHERE redelivery = ? ORDER BY thread LIMIT " + BATCH, job.id()));
        if (ids.isEmpty()) {
            jobs.finish(job);
            return;
        }
        store.commit(job, items(job, byIds(job, ids)), "from_platform", tx -> {
            tx.batch(
                    "DELETE FROM redelivery_thread WHERE redelivery = ? AND thread = ?",
                    ids.stream().map(id -> new Object[] {job.id(), id}).toList());
            jobs.advance(tx, job, "left_ids = left_ids - ?", ids.size());
        });
    }

    /** An id that the platform does not know makes it refuse the others, too: those are asked for in halves. */
    private List<MessageThread> byIds(Job job, List<String> ids) {
        try {
            return platform.getThreads(
                            job.connection(),
                            Priority.BACKFILL,
                            Map.of("MessageThreadIds", ids, "Limitation", Map.of("Count", BATCH)))
                    .threads();
        } catch (ConnectorException e) {
            boolean unknown = e.failure() == ConnectorFailure.INVALID;
            boolean divisible =
                    unknown || e.failure() == ConnectorFailure.TOO_HEAVY || e.failure() == ConnectorFailure.TOO_LARGE;
            if (!divisible || ids.size() == 1 && !unknown) {
                throw e;
            }
            if (ids.size() == 1) {
                LOG.warnf("%s: the platform has no thread %s", job, ids.get(0));
                return List.of();
            }
            List<MessageThread> threads = new ArrayList<>(byIds(job, ids.subList(0, ids.size() / 2)));
            threads.addAll(byIds(job, ids.subList(ids.size() / 2, ids.size())));
            return threads;
        }
    }

    private void fetchInterval(Job job) {
        Instant reached = UtcNanos.instant(job.reached());
        long monthBefore =
                UtcNanos.nanos(reached.atZone(ZoneOffset.UTC).minusMonths(1).toInstant());
        long from = Math.max(job.start(), monthBefore);
        while (!read(job, from)) {
            from = job.reached() - (job.reached() - from) / 2;
            from -= from % MILLI;
        }
    }

    /** @return false when that is too much for the platform */
    private boolean read(Job job, long from) {
        long reached = job.reached();
        boolean drained;
        try {
            drained = pages.readPulled(job.connection(), from, reached, page -> commit(job, page.threads(), reached));
        } catch (ConnectorException e) {
            if (e.failure() == ConnectorFailure.TOO_HEAVY && reached - from > SMALLEST_NANOS) {
                return false;
            }
            throw e;
        }
        if (drained) {
            commit(job, List.of(), from);
        } else if (!Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("the platform lost its cursor, so this part of the interval is read again");
        }
        return true;
    }

    private void commit(Job job, List<MessageThread> threads, long reached) {
        store.commit(job, items(job, threads), "from_platform", tx -> jobs.advance(tx, job, "reached_ns = ?", reached));
    }

    /** @return what was pulled when it began: other versions come, or came, with the pull */
    private List<SpoolItem> items(Job job, List<MessageThread> threads) {
        String connection = job.connection();
        List<MessageThread> before = pulled.pulledBy(job.mark(), connection, threads).stream()
                .filter(thread -> job.byIds() || job.isWithin(thread.updatedUtc()))
                .toList();
        Map<String, String> owners = enterprises.find(
                connection,
                Priority.BACKFILL,
                before.stream().map(MessageThread::id).toList());
        return before.stream()
                .map(thread -> new SpoolItem(
                        thread.id() + "@" + thread.updatedUtc(),
                        connection,
                        RedeliveryStore.enterprise(owners.get(thread.id())),
                        enterprises.named(thread.json(), owners.get(thread.id()))))
                .toList();
    }
}
