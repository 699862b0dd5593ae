package io.threadpost.spool;

import java.time.Duration;
import java.util.List;

import org.jboss.logging.Logger;

import io.threadpost.retry.DurationFormat;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.FailurePolicy.Verdict;
import io.threadpost.spool.Settlement.Failure;
import io.threadpost.spool.Settlement.Kind;
import io.threadpost.spool.Settlement.Rest;
import io.threadpost.spool.SpoolConsumer.Outcome;

/** What the outcomes of a spool's exchanges mean for its items, written into the settlement of their batch. */
final class OutcomeEvaluator {
    private static final Logger LOG = Logger.getLogger(SpoolDrain.class);

    /** Waits that somebody may wonder about. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final String spool;
    private final FailurePolicy failurePolicy = new FailurePolicy();

    OutcomeEvaluator(String spool) {
        this.spool = spool;
    }

    void begin(Batch batch) {
        failurePolicy.begin(batch);
    }

    /** @return whether the next item only tries if the target works again */
    boolean probing() {
        return failurePolicy.probing();
    }

    /**
     * What came of items that went out side by side. When the target went down meanwhile, those behind the last that
     * passed stay.
     */
    void of(List<Batch.Entry> row, List<Outcome> outcomes, Settlement settlement) {
        int lastPassed = row.size() - 1;
        while (lastPassed >= 0 && outcomes.get(lastPassed).failure() != null) {
            lastPassed--;
        }
        for (int i = 0; i < row.size() && (i <= lastPassed || settlement.down() == null); i++) {
            if (lastPassed >= 0) {
                failurePolicy.passed();
            }
            if (outcomes.get(i).failure() == null) {
                settlement.passed(1, outcomes.get(i).sent());
            } else {
                failed(row.get(i), outcomes.get(i).failure(), i < lastPassed, settlement);
            }
        }
    }

    /** What came of a batch that went out as one list. */
    void of(Batch batch, Outcome outcome, Settlement settlement) {
        List<Batch.Entry> entries = batch.entries();
        if (outcome.failure() == null) {
            settlement.passed(entries.size() - outcome.rejected().size(), outcome.sent());
            outcome.rejected()
                    .forEach((index, reason) ->
                            settlement.failed(new Failure(entries.get(index), Kind.HOPELESS, reason)));
            failurePolicy.passed();
        } else if (entries.size() == 1) {
            failed(entries.get(0), outcome.failure(), false, settlement);
        } else {
            failed(batch, outcome.failure(), settlement);
        }
    }

    /** @param leaves whether it has to leave its parcel, since one behind it has passed */
    private void failed(Batch.Entry entry, Exception failure, boolean leaves, Settlement settlement) {
        String reason = FailureReason.of(failure);
        PostponedException postponed = PostponedException.in(failure);
        if (postponed != null) {
            LOG.logf(
                    postponed.delay().compareTo(LONG) < 0 ? Logger.Level.DEBUG : Logger.Level.INFO,
                    "spool %s: item %s waits for %s: %s",
                    spool,
                    entry.item().key(),
                    DurationFormat.text(postponed.delay()),
                    reason);
            settlement.failed(Failure.postponed(entry, reason, postponed.delay()));
            return;
        }
        Verdict verdict = failurePolicy.of(failure, entry);
        switch (verdict) {
            case REJECTED -> settlement.failed(new Failure(entry, Kind.HOPELESS, reason));
            case OWN -> settlement.failed(new Failure(entry, Kind.COUNTED, reason));
            case SUSPECT, STILL_DOWN -> settlement.failed(new Failure(entry, Kind.SUSPECT, reason));
            case NOT_THERE, SPARED -> settlement.failed(new Failure(entry, Kind.SET_ASIDE, reason));
            case DOWN -> {
                if (leaves) {
                    settlement.failed(new Failure(entry, Kind.TAKEN_OUT, reason));
                } else {
                    settlement.rest(Rest.UNTOUCHED, reason);
                }
            }
        }
        if (verdict.down()) {
            settlement.down(failure);
        }
    }

    private void failed(Batch batch, Exception failure, Settlement settlement) {
        String reason = FailureReason.of(failure);
        PostponedException postponed = PostponedException.in(failure);
        if (postponed != null) {
            LOG.debugf("%s waits: %s", batch, reason);
            settlement.postpone(postponed.delay(), reason);
            return;
        }
        Verdict verdict = failurePolicy.of(failure, batch);
        switch (verdict) {
            case REJECTED -> {
                if (batch.tick() == null) {
                    takeOut(batch.entries(), settlement);
                } else {
                    batch.entries().forEach(entry -> settlement.failed(new Failure(entry, Kind.HOPELESS, reason)));
                }
            }
            case DOWN, NOT_THERE, SPARED -> settlement.rest(Rest.UNTOUCHED, reason);
            case SUSPECT -> settlement.rest(Rest.SUSPECT, reason);
            case OWN -> settlement.rest(Rest.FAILED, reason);
            // Its own kind of failure counts in any case: else a poisonous item could keep the others of the batch for
            // ever.
            case STILL_DOWN -> settlement.rest(TargetFailure.is(failure) ? Rest.SUSPECT : Rest.FAILED, reason);
        }
        if (verdict.down()) {
            settlement.down(failure);
        } else {
            LOG.warnf("%s failed: %s", batch, reason);
        }
    }

    /** They shall be tried one by one from now on. */
    static void takeOut(List<Batch.Entry> entries, Settlement settlement) {
        entries.forEach(entry -> settlement.failed(new Failure(entry, Kind.TAKEN_OUT, null)));
    }
}
