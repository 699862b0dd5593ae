package io.threadpost.redelivery;

import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.MessageThread;
import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.Priority;
import io.threadpost.connector.ThreadPage;
import io.threadpost.journey.Arrivals;
import io.threadpost.journey.JourneyRecorder;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.LeaseRenewals;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.EnterpriseLookup;
import io.threadpost.pull.PulledVersions;
import io.threadpost.pull.PulledVersions.Mark;
import io.threadpost.pull.UtcNanos;
import io.threadpost.retry.Backoff;
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.spool.ExchangeOutbox;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;
import io.threadpost.spool.StoredItems;

/**
 * Works on the running re-deliveries, one after the other: first what the ledger still has, then what the platform
 * returns. Each step is one transaction: the items, their keys and how far it is, so that a crash costs at most one
 * step, done again.
 */
@Singleton
public final class RedeliveryWorker {
    private static final Logger LOG = Logger.getLogger(RedeliveryWorker.class);
    private static final long LEASE_MILLIS = 60_000;
    /** None waits longer for its next try: what is due later failed while the clock was wrong. */
    private static final long LONGEST_WAIT_MILLIS = 3_600_000;

    private static final String DUE = " FROM redelivery WHERE state = 'running' AND (due <= ? OR due > ?)";
    /** A parcel holds up to a thousand threads, and those of a step are in memory together. */
    private static final int PARCELS = 4;

    private static final String LEAVE_OUT =
            "INSERT INTO redelivery_item (redelivery, item_key) VALUES (?, ?) ON CONFLICT DO NOTHING";

    private static final int BATCH = 1000;
    private static final long SMALLEST_NANOS = 1_000_000_000L;
    private static final long MILLI = 1_000_000;
    /** Causes can form a loop. */
    private static final int CAUSES = 50;

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));

    private final Ledger ledger;
    private final Spools spools;
    private final StoredItems stored;
    private final JourneyRecorder journeys;
    private final PlatformClient platform;
    private final PulledVersions pulled;
    private final EnterpriseLookup enterprises;
    private final ProducerTemplate template;
    private final int pageSize;
    private final String owner;

    RedeliveryWorker(
            Ledger ledger,
            Spools spools,
            StoredItems stored,
            JourneyRecorder journeys,
            PlatformClient platform,
            PulledVersions pulled,
            EnterpriseLookup enterprises,
            CamelContext camel,
            Settings settings) {
        this.ledger = ledger;
        this.owner = ledger.newOwner();
        this.spools = spools;
        this.stored = stored;
        this.journeys = journeys;
        this.platform = platform;
        this.pulled = pulled;
        this.enterprises = enterprises;
        this.template = camel.createProducerTemplate();
        this.pageSize = settings.get(SettingsCatalogue.PULL_PAGE_SIZE);
    }

    /**
     * Where a re-delivery is.
     *
     * @param through null: every thread goes
     * @param start null: threads are named by their ids
     * @param reached nanoseconds; the platform was asked down to here
     * @param mark when it began; null if an earlier version began it, which did not record that
     * @param failures in a row
     */
    private record Job(
            long id,
            String connection,
            String spool,
            String through,
            Long start,
            Long end,
            String phase,
            long parcel,
            long lastParcel,
            long reached,
            int failures,
            Mark mark) {}

    /** Works until nothing is left that is due, or the thread is interrupted. */
    public void run() {
        Optional<Job> job = claim();
        if (job.isEmpty()) {
            return;
        }
        // A step may route thousands of threads, or wait for the request budget.
        try (LeaseRenewals renewals = new LeaseRenewals("redelivery-lease", Duration.ofMillis(LEASE_MILLIS))) {
            while (job.isPresent() && !Thread.currentThread().isInterrupted() && work(job.get(), renewals)) {
                job = claim();
            }
        }
    }

    /** @return false when asked to stop */
    private boolean work(Job job, LeaseRenewals renewals) {
        try (LeaseRenewals.Lease lease = renewals.keep("re-delivery " + job.id(), () -> renew(job))) {
            step(job);
        } catch (LeaseLostException e) {
            // It was paused or cancelled, or another node has it.
            return true;
        } catch (RuntimeException e) {
            if (e instanceof ConnectorException stopped && stopped.failure() == ConnectorFailure.STOPPED) {
                return false;
            }
            long wait = BACKOFF.millis(job.failures() + 1);
            LOG.warnf("re-delivery %d: %s (next try in %.1f s)", job.id(), FailureReason.of(e), wait / 1000.0);
            ledger.write(tx -> tx.update(
                    "UPDATE redelivery SET lease_owner = NULL, due = ?, failures = failures + 1, error = ?"
                            + " WHERE id = ? AND lease_owner = ?",
                    tx.now() + wait,
                    tx.redacted(FailureReason.of(e)),
                    job.id(),
                    owner));
        }
        return true;
    }

    private void renew(Job job) {
        int rows = ledger.write(tx -> tx.update(
                "UPDATE redelivery SET lease_until = ? WHERE id = ? AND lease_owner = ? AND state = 'running'",
                tx.now() + LEASE_MILLIS,
                job.id(),
                owner));
        if (rows != 1) {
            throw new LeaseLostException("re-delivery " + job.id());
        }
    }

    private Optional<Job> claim() {
        boolean any = ledger.read(
                tx -> tx.one("SELECT 1" + DUE + " LIMIT 1", row -> 1, tx.now(), tx.now() + LONGEST_WAIT_MILLIS)
                        .isPresent());
        return any ? claimOne() : Optional.empty();
    }

    private Optional<Job> claimOne() {
        return ledger.write(tx -> {
            Optional<Job> job = tx.one(
                    "SELECT id, connection, spool, through, start_ns, end_ns, phase, parcel, last_parcel, reached_ns,"
                            + " failures, gaps, last_page" + DUE
                            + " AND (lease_owner IS NULL OR lease_owner = ? OR lease_until <= ?) ORDER BY id LIMIT 1 "
                            + tx.dialect().claiming(),
                    row -> {
                        long start = row.getLong(5);
                        boolean byIds = row.wasNull();
                        return new Job(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                byIds ? null : Long.valueOf(start),
                                byIds ? null : Long.valueOf(row.getLong(6)),
                                row.getString(7),
                                row.getLong(8),
                                row.getLong(9),
                                row.getLong(10),
                                row.getInt(11),
                                row.getString(12) == null ? null : new Mark(row.getString(12), row.getLong(13)));
                    },
                    tx.now(),
                    tx.now() + LONGEST_WAIT_MILLIS,
                    owner,
                    tx.now());
            if (job.isPresent()) {
                tx.update(
                        "UPDATE redelivery SET lease_owner = ?, lease_until = ? WHERE id = ?",
                        owner,
                        tx.now() + LEASE_MILLIS,
                        job.get().id());
            }
            return job;
        });
    }

    private void step(Job job) {
        if (job.phase().equals("ledger")) {
            searchLedger(job);
        } else if (job.start() == null) {
            fetchByIds(job);
        } else {
            fetchInterval(job);
        }
    }

    private void searchLedger(Job job) {
        Set<String> wanted = job.start() == null ? wanted(job.id()) : Set.of();
        if (job.parcel() == 0) {
            leaveOutWaiting(job, wanted);
        }
        List<StoredItems.Parcel> parcels = stored.delivered(job.parcel(), job.lastParcel(), PARCELS);
        List<SpoolItem> found = new ArrayList<>();
        for (StoredItems.Parcel parcel : parcels) {
            for (SpoolItem item : parcel.items()) {
                if (isWanted(job, wanted, item)) {
                    // The others are what a route added on the way to its own spool.
                    Map<String, Object> headers = parcel.spool().equals(job.spool())
                            ? item.headers()
                            : header(item.headers().get(SpoolConstants.ENTERPRISE));
                    found.add(new SpoolItem(item.key(), item.connection(), headers, item.body()));
                }
            }
        }
        long reached = parcels.size() < PARCELS
                ? job.lastParcel()
                : parcels.get(parcels.size() - 1).id();
        boolean over = parcels.size() < PARCELS;
        commit(
                job,
                found,
                "from_ledger",
                tx -> advance(tx, job, "parcel = ?, phase = '" + (over ? "platform" : "ledger") + "'", reached));
    }

    /**
     * What waits in the spool already comes there anyway. It may be in a later parcel than the one delivered before.
     */
    private void leaveOutWaiting(Job job, Set<String> wanted) {
        long after = 0;
        List<StoredItems.Parcel> parcels;
        do {
            parcels = stored.waiting(job.spool(), after, job.lastParcel(), PARCELS);
            List<Object[]> rows = parcels.stream()
                    .flatMap(parcel -> parcel.items().stream())
                    .filter(item -> isWanted(job, wanted, item))
                    .map(item -> new Object[] {job.id(), item.key()})
                    .toList();
            ledger.write(tx -> {
                tx.batch(LEAVE_OUT, rows);
                return null;
            });
            after = parcels.isEmpty() ? after : parcels.get(parcels.size() - 1).id();
        } while (parcels.size() == PARCELS);
    }

    private Set<String> wanted(long id) {
        return new HashSet<>(ledger.read(tx ->
                tx.list("SELECT thread FROM redelivery_thread WHERE redelivery = ?", row -> row.getString(1), id)));
    }

    /** Whether an item is a thread as the platform wrote it, of this connection and among those asked for. */
    private static boolean isWanted(Job job, Set<String> wanted, SpoolItem item) {
        if (!(item.body() instanceof RawJson thread) || !job.connection().equals(item.connection())) {
            return false;
        }
        String id = text(thread, "Id");
        String updated = text(thread, "UpdatedUtc");
        if (!(id + "@" + updated).equals(item.key())) {
            return false;
        }
        if (job.start() == null) {
            return wanted.contains(id);
        }
        return isWithin(job, updated);
    }

    /** @return empty for a thread that cannot be read, such as one that is nested too deep: it stops no other */
    private static String text(RawJson thread, String field) {
        try {
            return thread.get(field) instanceof String text ? text : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private void fetchByIds(Job job) {
        List<String> ids = ledger.read(tx -> tx.list(
                "SELECT thread FROM redelivery_thread WHERE redelivery = ? ORDER BY thread LIMIT " + BATCH,
                row -> row.getString(1),
                job.id()));
        if (ids.isEmpty()) {
            finish(job);
            return;
        }
        List<SpoolItem> items = items(job, byIds(job, ids));
        commit(job, items, "from_platform", tx -> {
            tx.batch(
                    "DELETE FROM redelivery_thread WHERE redelivery = ? AND thread = ?",
                    ids.stream().map(id -> new Object[] {job.id(), id}).toList());
            advance(tx, job, "left_ids = left_ids - ?", (long) ids.size());
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
            if (e.failure() != ConnectorFailure.INVALID
                    && e.failure() != ConnectorFailure.TOO_HEAVY
                    && e.failure() != ConnectorFailure.TOO_LARGE) {
                throw e;
            }
            if (ids.size() == 1 && e.failure() != ConnectorFailure.INVALID) {
                throw e;
            }
            if (ids.size() == 1) {
                LOG.warnf("re-delivery %d: the platform has no thread %s", job.id(), ids.get(0));
                return List.of();
            }
            List<MessageThread> threads = new ArrayList<>(byIds(job, ids.subList(0, ids.size() / 2)));
            threads.addAll(byIds(job, ids.subList(ids.size() / 2, ids.size())));
            return threads;
        }
    }

    private void fetchInterval(Job job) {
        if (job.reached() <= job.start()) {
            finish(job);
            return;
        }
        long monthBefore = UtcNanos.nanos(UtcNanos.instant(job.reached())
                .atZone(ZoneOffset.UTC)
                .minusMonths(1)
                .toInstant());
        long from = Math.max(job.start(), monthBefore);
        String cursor = null;
        String cursorUpdated = null;
        Set<String> cursors = new HashSet<>();
        while (true) {
            ThreadPage page;
            try {
                page = platform.getThreads(job.connection(), Priority.BACKFILL, request(from, job.reached(), cursor));
            } catch (ConnectorException e) {
                if (e.failure() == ConnectorFailure.TOO_HEAVY && job.reached() - from > SMALLEST_NANOS) {
                    from = job.reached() - (job.reached() - from) / 2;
                    from -= from % MILLI;
                    cursor = null;
                    cursors.clear();
                    continue;
                }
                throw e;
            }
            if (page.isEmpty()
                    && cursor != null
                    && !page.isLast()
                    && !Objects.equals(cursorUpdated, updated(byIds(job, List.of(cursor)), cursor))) {
                throw new IllegalStateException("the thread of the cursor " + cursor
                        + " was updated meanwhile, so this part of the interval is read again");
            }
            boolean last = page.cursor() == null || page.size() < pageSize;
            long reached = from;
            commit(
                    job,
                    items(job, page.threads()),
                    "from_platform",
                    tx -> advance(tx, job, "reached_ns = ?", last ? reached : job.reached()));
            if (last || Thread.currentThread().isInterrupted()) {
                return;
            }
            cursor = page.cursor();
            cursorUpdated = updated(page.threads(), cursor);
            if (!cursors.add(cursor)) {
                throw new IllegalStateException("the platform repeats the cursor " + cursor);
            }
        }
    }

    private static String updated(List<MessageThread> threads, String id) {
        return threads.stream()
                .filter(thread -> id.equals(thread.id()) && thread.updatedUtc() != null)
                .findFirst()
                .map(MessageThread::updatedUtc)
                .orElse(null);
    }

    private Map<String, Object> request(long from, long to, String cursor) {
        return Map.of(
                "UpdatedUtc",
                Map.of("StartUtc", UtcNanos.text(from), "EndUtc", UtcNanos.text(to)),
                "Limitation",
                cursor == null ? Map.of("Count", pageSize) : Map.of("Count", pageSize, "Cursor", cursor));
    }

    /** @return what was pulled when it began: other versions come, or came, with the pull */
    private List<SpoolItem> items(Job job, List<MessageThread> threads) {
        String connection = job.connection();
        List<MessageThread> before =
                pulled.pulledBy(job.mark() == null ? pulled.now(connection) : job.mark(), connection, threads).stream()
                        .filter(thread -> job.start() == null || isWithin(job, thread.updatedUtc()))
                        .toList();
        Map<String, String> owners = enterprises.find(
                connection,
                Priority.BACKFILL,
                before.stream().map(MessageThread::id).toList());
        return before.stream()
                .map(thread -> new SpoolItem(
                        thread.id() + "@" + thread.updatedUtc(),
                        connection,
                        header(owners.get(thread.id())),
                        enterprises.named(thread.json(), owners.get(thread.id()))))
                .toList();
    }

    private static Map<String, Object> header(Object enterprise) {
        return enterprise == null ? Map.of() : Map.of(SpoolConstants.ENTERPRISE, enterprise);
    }

    private static boolean isWithin(Job job, String updated) {
        OptionalLong nanos = UtcNanos.nanos(updated);
        return nanos.isPresent() && job.start() <= nanos.getAsLong() && nanos.getAsLong() < job.end();
    }

    private interface Work {
        void in(Transaction tx) throws SQLException;
    }

    /** What the route does with a thread: what it sent to the spool, or why it failed. */
    private record Routed(SpoolItem item, List<SpoolItem> sent, String failure) {}

    /** @param items to be delivered unless they were, or wait in the spool already */
    private void commit(Job job, List<SpoolItem> items, String counter, Work advance) {
        Set<String> handled = handled(job, items);
        List<Routed> routed = items.stream()
                .filter(item -> handled.add(item.key()))
                .map(item -> route(job, item))
                .toList();
        ledger.write(tx -> {
            advance.in(tx);
            tx.batch(
                    LEAVE_OUT,
                    routed.stream()
                            .map(one -> new Object[] {job.id(), one.item().key()})
                            .toList());
            Arrivals journey = new Arrivals(job.connection(), job.id(), 0);
            List<SpoolItem> sent =
                    routed.stream().flatMap(one -> one.sent().stream()).toList();
            int failed = 0;
            for (Routed one : routed) {
                int arrival = arrive(journey, one.item());
                if (one.failure() != null) {
                    long parcel = spools.storeDead(tx, job.spool(), one.item(), one.failure());
                    journey.failed(arrival, job.spool(), parcel, tx.redacted(one.failure()), null);
                    failed++;
                } else if (!one.sent().isEmpty()) {
                    journey.sent(arrival, job.spool(), one.sent().size());
                }
            }
            if (!sent.isEmpty()) {
                journey.stored(job.spool(), spools.deliver(tx, job.spool(), sent));
            }
            journeys.record(tx, journey);
            long delivered =
                    routed.stream().filter(one -> !one.sent().isEmpty()).count();
            return tx.update(
                    "UPDATE redelivery SET " + counter + " = " + counter + " + ?, held_back = held_back + ?,"
                            + " failed = failed + ? WHERE id = ?",
                    delivered,
                    routed.size() - delivered - failed,
                    failed,
                    job.id());
        });
        spools.wake(List.of(job.spool()));
    }

    private static int arrive(Arrivals journey, SpoolItem item) {
        String key = item.key();
        int at = key.lastIndexOf('@');
        RawJson thread = (RawJson) item.body();
        return journey.add(
                key.substring(0, at),
                UtcNanos.nanos(key.substring(at + 1)).orElse(0),
                null,
                text(thread, "Subject"),
                text(thread, "OriginalSender"));
    }

    private Set<String> handled(Job job, List<SpoolItem> items) {
        Set<String> handled = new HashSet<>();
        for (int from = 0; from < items.size(); from += BATCH) {
            List<Object> parameters = new ArrayList<>(items.subList(from, Math.min(items.size(), from + BATCH)).stream()
                    .map(SpoolItem::key)
                    .collect(Collectors.toList()));
            String places = ", ?".repeat(parameters.size()).substring(2);
            parameters.add(0, job.id());
            handled.addAll(ledger.read(tx -> tx.list(
                    "SELECT item_key FROM redelivery_item WHERE redelivery = ? AND item_key IN (" + places + ")",
                    row -> row.getString(1),
                    parameters.toArray())));
        }
        return handled;
    }

    /** Only what goes to the one spool counts; whatever else the route sends to spools is dropped. */
    private Routed route(Job job, SpoolItem item) {
        if (job.through() == null) {
            return new Routed(item, List.of(item), null);
        }
        ExchangeOutbox outbox = new ExchangeOutbox();
        Exchange exchange = template.send(job.through(), asked -> {
            asked.setProperty(SpoolConstants.OUTBOX, outbox);
            // As when it is pulled: others are what a route added when it was delivered before.
            asked.getMessage().setHeaders(new HashMap<>(header(item.headers().get(SpoolConstants.ENTERPRISE))));
            asked.getMessage().setHeader(SpoolConstants.KEY, item.key());
            asked.getMessage().setHeader(SpoolConstants.CONNECTION, item.connection());
            asked.getMessage().setBody(item.body());
        });
        List<SpoolItem> sent = outbox.close().getOrDefault(job.spool(), List.of());
        Exception failure = exchange.getException();
        if (failure != null && isStopped(failure)) {
            throw new IllegalStateException(
                    job.through() + " did not run, so its threads wait: " + FailureReason.of(failure), failure);
        }
        if (failure == null && exchange.isRollbackOnly()) {
            failure = new IllegalStateException("the route was rolled back");
        }
        return failure == null ? new Routed(item, sent, null) : new Routed(item, List.of(), FailureReason.of(failure));
    }

    /** Whether a route is missing, or stops with the process: that is not the thread's fault. */
    private static boolean isStopped(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < CAUSES && cause != null; i++) {
            if (cause instanceof InterruptedException
                    || cause instanceof RejectedExecutionException
                    || cause instanceof DirectConsumerNotAvailableException) {
                return true;
            }
            cause = cause.getCause();
        }
        return Thread.currentThread().isInterrupted();
    }

    /** @throws LeaseLostException when it was paused or cancelled, or another node has it */
    private void advance(Transaction tx, Job job, String change, long value) throws SQLException {
        int rows = tx.update(
                "UPDATE redelivery SET " + change + ", lease_until = ?, failures = 0, error = NULL WHERE id = ?"
                        + " AND lease_owner = ? AND state = 'running'",
                value,
                tx.now() + LEASE_MILLIS,
                job.id(),
                owner);
        if (rows != 1) {
            throw new LeaseLostException("re-delivery " + job.id());
        }
    }

    private void finish(Job job) {
        ledger.write(tx -> {
            tx.update(
                    "UPDATE redelivery SET state = 'finished', finished = ?, lease_owner = NULL WHERE id = ?"
                            + " AND lease_owner = ? AND state = 'running'",
                    tx.now(),
                    job.id(),
                    owner);
            Redeliveries.forget(tx, job.id());
            return null;
        });
        LOG.infof("re-delivery %d to spool %s is finished", job.id(), job.spool());
    }
}
