package io.threadpost.redelivery;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

import jakarta.inject.Singleton;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;

import io.threadpost.journey.Arrivals;
import io.threadpost.journey.JourneyRecorder;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.UtcNanos;
import io.threadpost.redelivery.RedeliveryJobs.Job;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.ExchangeOutbox;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;

/**
 * Makes each step of a re-delivery durable. Its items go through the route, if there is one; what that sends to the
 * spool, the keys of all items, and how far the re-delivery is are one transaction.
 */
@Singleton
final class RedeliveryStore {
    /** Parameters of a query. */
    private static final int KEYS = 1000;
    /** Causes can form a loop. */
    private static final int CAUSES = 50;

    private final Ledger ledger;
    private final Spools spools;
    private final JourneyRecorder journeys;
    private final ProducerTemplate template;

    RedeliveryStore(Ledger ledger, Spools spools, JourneyRecorder journeys, CamelContext camel) {
        this.ledger = ledger;
        this.spools = spools;
        this.journeys = journeys;
        this.template = camel.createProducerTemplate();
    }

    /** Advances a re-delivery, in the transaction of its items. */
    interface Advance {
        void in(Transaction tx) throws SQLException;
    }

    /** What the route does with a thread: what it sent to the spool, or why it failed. */
    private record Routed(SpoolItem item, List<SpoolItem> sent, String failure) {}

    /**
     * Delivers items, without those that were, or wait in the spool already.
     *
     * @param counter the column that counts them
     */
    void commit(Job job, List<SpoolItem> items, String counter, Advance advance) {
        Set<String> handled = handled(job, items);
        List<Routed> routed = items.stream()
                .filter(item -> handled.add(item.key()))
                .map(item -> route(job, item))
                .toList();
        List<SpoolItem> sent =
                routed.stream().flatMap(one -> one.sent().stream()).toList();
        ledger.write(tx -> {
            advance.in(tx);
            leaveOut(tx, job, routed.stream().map(one -> one.item().key()).toList());
            Arrivals journey = new Arrivals(job.connection(), job.id(), 0);
            int delivered = 0;
            int failed = 0;
            for (Routed one : routed) {
                int arrival = arrive(journey, one.item());
                if (one.failure() != null) {
                    long parcel = spools.storeDead(tx, job.spool(), one.item(), one.failure());
                    journey.failed(arrival, job.spool(), parcel, tx.redacted(one.failure()), null);
                    failed++;
                } else if (!one.sent().isEmpty()) {
                    journey.sent(arrival, job.spool(), one.sent().size());
                    delivered++;
                }
            }
            if (!sent.isEmpty()) {
                journey.stored(job.spool(), spools.deliver(tx, job.spool(), sent));
            }
            journeys.record(tx, journey);
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

    /** Leaves items out of a re-delivery from now on: they were delivered by it, or come anyway. */
    static void leaveOut(Transaction tx, Job job, Collection<String> keys) throws SQLException {
        tx.batch(
                "INSERT INTO redelivery_item (redelivery, item_key) VALUES (?, ?) ON CONFLICT DO NOTHING",
                keys.stream().map(key -> new Object[] {job.id(), key}).toList());
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
        for (int from = 0; from < items.size(); from += KEYS) {
            List<Object> parameters = new ArrayList<>(List.of(job.id()));
            items.subList(from, Math.min(items.size(), from + KEYS)).forEach(item -> parameters.add(item.key()));
            handled.addAll(ledger.read(tx -> tx.texts(
                    "SELECT item_key FROM redelivery_item WHERE redelivery = ? AND item_key IN (?"
                            + ", ?".repeat(parameters.size() - 2) + ")",
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
            asked.getMessage().setHeaders(new HashMap<>(enterprise(item)));
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

    /** @return empty for a thread that cannot be read, such as one that is nested too deep: it stops no other */
    static String text(RawJson thread, String field) {
        try {
            return thread.get(field) instanceof String text ? text : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** @return the header of an item's enterprise, if it has one */
    static Map<String, Object> enterprise(SpoolItem item) {
        return enterprise(item.headers().get(SpoolConstants.ENTERPRISE));
    }

    /** @param enterprise null if it is unknown */
    static Map<String, Object> enterprise(Object enterprise) {
        return enterprise == null ? Map.of() : Map.of(SpoolConstants.ENTERPRISE, enterprise);
    }
}
