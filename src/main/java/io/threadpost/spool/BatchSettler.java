package io.threadpost.spool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import io.threadpost.journey.Deliveries;
import io.threadpost.journey.ItemPlace;
import io.threadpost.journey.JourneyRecorder;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.Transaction;
import io.threadpost.retry.Backoff;
import io.threadpost.settings.SpoolSettings;
import io.threadpost.spool.Settlement.Disposition;
import io.threadpost.steptrace.Step;
import io.threadpost.steptrace.StepTrace;

/**
 * Writes the settlement of a batch to the ledger: items leave their parcels, get their own parcels, wait, or are dead.
 */
final class BatchSettler {
    /** Matches a batch as long as its owner holds the lease. */
    static final String HELD = "number = ? AND lease_owner = ?";

    private static final Logger LOG = Logger.getLogger(BatchSettler.class);

    private final SpoolSettings settings;
    private final Backoff backoff;
    private final JourneyRecorder journeys;

    BatchSettler(SpoolSettings settings, JourneyRecorder journeys) {
        this.journeys = journeys;
        this.settings = settings;
        this.backoff = new Backoff(settings.backoff(), settings.backoffMax());
    }

    /**
     * Settles the first items of a batch and gives back the rest.
     *
     * @param owner who holds the batch
     * @throws LeaseLostException when the batch is no longer ours; nothing was changed
     */
    void settle(Transaction tx, Batch batch, Settlement settlement, String owner) throws SQLException {
        boolean whole = settlement.settled() == batch.entries().size();
        int rows = whole
                ? tx.update("DELETE FROM spool_batch WHERE " + HELD, batch.number(), owner)
                : release(tx, batch, settlement, owner);
        if (rows != 1) {
            throw new LeaseLostException(batch.toString());
        }
        if (settlement.targetWorks()) {
            // Before the failures of this settlement are written: suspects among them must not count at once.
            settlement.recovery(SpoolPauses.end(tx, batch.spool(), settings.attempts()));
        }
        Map<Long, Integer> marks = settlement.marks(batch);
        for (Map.Entry<Long, Integer> mark : marks.entrySet()) {
            leave(tx, mark.getKey(), mark.getValue(), whole);
        }
        Deliveries deliveries = new Deliveries(batch.spool(), batch.number());
        for (Settlement.Passed passed : settlement.passed()) {
            deliveries.add(part(tx, batch, passed));
        }
        for (Settlement.Failure failure : settlement.failures()) {
            Ended ended = fail(tx, batch.spool(), failure, settlement.outage() != null);
            if (ended.dead() || !failure.entry().alone()) {
                deliveries.add(part(tx, failure, ended, settlement));
            }
        }
        settlement.deliver(tx).forEach(deliveries::stored);
        journeys.record(tx, deliveries);
    }

    private static Deliveries.Part part(Transaction tx, Batch batch, Settlement.Passed passed) {
        ExchangeOutcome outcome = passed.outcome();
        List<String> all = redacted(tx, outcome.receipts());
        List<ItemPlace> places = new ArrayList<>(passed.entries().size());
        List<String> receipts = new ArrayList<>(all.size());
        for (int i = 0; i < passed.entries().size(); i++) {
            if (!outcome.rejected().containsKey(i)) {
                places.add(place(passed.entries().get(i)));
                if (all.size() > 1) {
                    receipts.add(all.get(i));
                }
            }
        }
        Map<String, List<String>> keys = new LinkedHashMap<>();
        outcome.sent()
                .forEach((spool, items) ->
                        keys.put(spool, items.stream().map(SpoolItem::key).toList()));
        int attempts = passed.entries().size() == 1
                ? Math.max(batch.attempts(), passed.entries().get(0).failures())
                : batch.attempts();
        return Deliveries.Part.delivered(places, attempts, outcome.path(), all.size() > 1 ? receipts : all, keys);
    }

    private static Deliveries.Part part(
            Transaction tx, Settlement.Failure failure, Ended ended, Settlement settlement) {
        Optional<StepTrace> trace = settlement.outcome(failure.entry()).map(ExchangeOutcome::trace);
        return Deliveries.Part.failed(
                ended.dead() ? Deliveries.Outcome.DEAD : Deliveries.Outcome.RETRIED,
                place(failure.entry()),
                failure.entry().failures() + (failure.tried() ? 1 : 0),
                trace.map(StepTrace::path).orElse(null),
                ended.parcel(),
                tx.redacted(failure.error()),
                tx.redacted(trace.map(StepTrace::failed).map(Step::toString).orElse(null)));
    }

    /** At once, since there may be a thousand; a secret has no line break. */
    private static List<String> redacted(Transaction tx, List<String> receipts) {
        String joined = receipts.stream()
                .map(receipt -> receipt == null ? "" : receipt.replace('\n', ' '))
                .collect(Collectors.joining("\n"));
        String[] lines =
                receipts.isEmpty() ? new String[0] : tx.redacted(joined).split("\n", -1);
        List<String> redacted = new ArrayList<>(lines.length);
        for (String line : lines) {
            redacted.add(line.isEmpty() ? null : line);
        }
        return redacted;
    }

    private static ItemPlace place(Batch.Entry entry) {
        return new ItemPlace(entry.parcel(), entry.ordinal());
    }

    private int release(Transaction tx, Batch batch, Settlement settlement, String owner) throws SQLException {
        Disposition remainder = settlement.remainder();
        long due =
                switch (remainder) {
                    case POSTPONED -> tx.now() + settlement.delay().toMillis();
                    case FAILED, SUSPECT -> tx.now() + backoff.millis(batch.attempts() + 1);
                    default -> 0;
                };
        return tx.update(
                "UPDATE spool_batch SET lease_owner = NULL, crashes = CASE WHEN crashes > 1 THEN 1 ELSE crashes "
                        + "END, attempts = attempts + ?, suspect = ?, due = ?, error = ? WHERE "
                        + HELD,
                remainder == Disposition.FAILED ? 1 : 0,
                remainder == Disposition.SUSPECT,
                due,
                tx.redacted(settlement.error()),
                batch.number(),
                owner);
    }

    /** Items up to the mark have left the parcel; the last one finishes it. */
    private void leave(Transaction tx, long parcel, int mark, boolean batchEnds) throws SQLException {
        if (settings.keep().isZero()
                && tx.update("DELETE FROM spool_parcel WHERE id = ? AND size = ?", parcel, mark) == 1) {
            tx.update("DELETE FROM spool_content WHERE parcel = ?", parcel);
            return;
        }
        tx.update(
                "UPDATE spool_parcel SET mark = ?, state = CASE WHEN size = ? THEN 'finished' ELSE state END,"
                        + " finished = CASE WHEN size = ? THEN ? ELSE finished END,"
                        + " suspect = CASE WHEN size = ? THEN FALSE ELSE suspect END,"
                        + " upto = CASE WHEN size = ? OR ? THEN NULL ELSE upto END WHERE id = ?",
                mark,
                mark,
                mark,
                tx.now(),
                mark,
                mark,
                batchEnds,
                parcel);
    }

    /**
     * How a failed item is kept.
     *
     * @param parcel the one that it is in now
     */
    private record Ended(long parcel, boolean dead) {}

    private Ended fail(Transaction tx, String spool, Settlement.Failure failure, boolean down) throws SQLException {
        Batch.Entry entry = failure.entry();
        Disposition disposition = failure.disposition();
        int attempts = entry.attempts() + (disposition == Disposition.FAILED ? 1 : 0);
        int tries = failure.tried() ? 1 : 0;
        int crashes = entry.crashes() + (disposition == Disposition.CRASHED ? 1 : 0);
        boolean dead = disposition == Disposition.REJECTED
                || attempts >= settings.attempts()
                || crashes >= settings.attempts();
        long due = tx.now()
                + (failure.tried()
                        ? backoff.millis(entry.failures() + tries)
                        : failure.delay().toMillis());
        String state = dead ? "dead" : "waiting";
        if (dead) {
            Spools.logDead(spool, entry.item().key(), failure.error());
        } else if (disposition == Disposition.FAILED
                || disposition == Disposition.CRASHED
                || (disposition == Disposition.SUSPECT || disposition == Disposition.SET_ASIDE) && !down) {
            LOG.warnf("spool %s: item %s failed: %s", spool, entry.item().key(), failure.error());
        }
        long parcel = entry.parcel();
        if (entry.alone()) {
            tx.update(
                    "UPDATE spool_parcel SET state = ?, item_key = ?, connection = ?, attempts = ?, failures = "
                            + "failures + ?,"
                            + " failed = ?, due = ?, error = ?, upto = NULL WHERE id = ?",
                    state,
                    entry.item().key(),
                    entry.item().connection(),
                    attempts,
                    tries,
                    tx.now(),
                    due,
                    tx.redacted(failure.error()),
                    parcel);
        } else {
            parcel = Spools.alone(
                    tx, spool, entry.item(), state, attempts, entry.failures() + tries, due, failure.error());
        }
        tx.update(
                "UPDATE spool_parcel SET suspect = ?, crashes = ? WHERE id = ?",
                disposition == Disposition.SUSPECT && !dead,
                crashes,
                parcel);
        return new Ended(parcel, dead);
    }
}
