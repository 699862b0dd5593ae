package io.threadpost.spool;

import java.time.Duration;
import java.util.List;

import org.jboss.logging.Logger;

import io.threadpost.retry.DurationFormat;
import io.threadpost.retry.FailureClassifier.ClassifiedFailure;
import io.threadpost.retry.FailureClassifiers;
import io.threadpost.retry.FailureKind;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.Settlement.Disposition;
import io.threadpost.spool.Settlement.Failure;
import io.threadpost.spool.Settlement.Outage;

/**
 * Decides what the outcomes of a drain's exchanges mean for its items and its target, and records it in the settlement
 * of their batch. An item that fails by itself uses up its attempts; the target's failures use up nobody's. Where that
 * is uncertain, the item is a suspect, and its failure counts as soon as another item passes.
 */
final class FailurePolicy {
    private static final Logger LOG = Logger.getLogger(FailurePolicy.class);
    /** After so many failures in a row, with nothing passing in between, the target is taken to be down. */
    private static final int DOWN_AFTER = 3;
    /** Shorter waits are logged at debug level only. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final String spool;
    private final FailureClassifiers classifiers;
    private final int attempts;
    private int inARow;
    private boolean probing;

    /** @param attempts after how many failures an item is dead */
    FailurePolicy(String spool, FailureClassifiers classifiers, int attempts) {
        this.spool = spool;
        this.classifiers = classifiers;
        this.attempts = attempts;
    }

    void begin(Batch batch) {
        probing = batch.probe();
    }

    /** @return whether the next item is a probe of a target that was down */
    boolean probing() {
        return probing;
    }

    /**
     * Settles items that went out in parallel. When the target went down meanwhile, those behind the last one that
     * passed stay in their parcels.
     */
    void settle(List<Batch.Entry> entries, List<ExchangeOutcome> outcomes, Settlement settlement) {
        int lastPassed = entries.size() - 1;
        while (lastPassed >= 0 && outcomes.get(lastPassed).failure() != null) {
            lastPassed--;
        }
        for (int i = 0; i < entries.size() && (i <= lastPassed || settlement.outage() == null); i++) {
            if (lastPassed >= 0) {
                passed();
            }
            if (outcomes.get(i).failure() == null) {
                settlement.passed(entries.subList(i, i + 1), outcomes.get(i));
            } else {
                settlement.tried(entries.get(i), outcomes.get(i));
                settle(entries.get(i), outcomes.get(i).failure(), i < lastPassed, settlement);
            }
        }
    }

    /** Settles a batch that went out as one list. */
    void settle(Batch batch, ExchangeOutcome outcome, Settlement settlement) {
        List<Batch.Entry> entries = batch.entries();
        if (outcome.failure() == null) {
            settlement.passed(entries, outcome);
            outcome.rejected()
                    .forEach((index, reason) ->
                            settlement.failed(new Failure(entries.get(index), Disposition.REJECTED, reason)));
            passed();
        } else if (entries.size() == 1 && batch.tick() == null) {
            settlement.tried(entries.get(0), outcome);
            settle(entries.get(0), outcome.failure(), false, settlement);
        } else {
            settle(batch, outcome.failure(), settlement);
        }
    }

    /** @return what a failure says of its target, given that the target is down */
    Outage outage(Exception failure) {
        return outage(failure, classifiers.classify(failure));
    }

    private static Outage outage(Exception failure, ClassifiedFailure classified) {
        return new Outage(
                FailureReason.of(failure),
                classified.delay().map(Duration::toMillis).orElse(0L));
    }

    private void passed() {
        inARow = 0;
        probing = false;
    }

    /** @param leaves whether it has to leave its parcel, since one behind it has passed */
    private void settle(Batch.Entry entry, Exception exception, boolean leaves, Settlement settlement) {
        String reason = FailureReason.of(exception);
        ClassifiedFailure failure = classifiers.classify(exception);
        if (failure.kind() == FailureKind.POSTPONED) {
            Duration delay = failure.delay().orElse(Duration.ZERO);
            LOG.logf(
                    delay.compareTo(LONG) < 0 ? Logger.Level.DEBUG : Logger.Level.INFO,
                    "spool %s: item %s waits for %s: %s",
                    spool,
                    entry.item().key(),
                    DurationFormat.text(delay),
                    reason);
            settlement.failed(Failure.postponed(entry, reason, delay));
            return;
        }
        Decision decision = answered(failure.kind())
                ? answered(failure, entry.failures() == 0)
                : decide(failure.kind(), entry.attempts());
        if (decision.disposition() != Disposition.RELEASED) {
            settlement.failed(new Failure(entry, decision.disposition(), reason));
        } else if (leaves) {
            settlement.failed(new Failure(entry, Disposition.TAKEN_OUT, reason));
        } else {
            settlement.release(Disposition.RELEASED, reason);
        }
        if (decision.down()) {
            settlement.down(outage(exception, failure));
        }
    }

    private void settle(Batch batch, Exception exception, Settlement settlement) {
        String reason = FailureReason.of(exception);
        ClassifiedFailure failure = classifiers.classify(exception);
        FailureKind kind = failure.kind();
        if (kind == FailureKind.POSTPONED) {
            LOG.debugf("%s waits: %s", batch, reason);
            settlement.postpone(failure.delay().orElse(Duration.ZERO), reason);
            return;
        }
        // The only item of a tick does not leave its batch either: its file or mail is named for the batch.
        boolean single = batch.entries().size() == 1;
        // One item of a list may make the target fail, but none makes it busy.
        Decision decision = kind == FailureKind.TARGET_BUSY || single && answered(kind)
                ? answered(failure, true)
                : decide(kind, batch.attempts());
        if (single && exhausted(batch, decision.disposition())) {
            Batch.Entry entry = batch.entries().get(0).failedBefore(batch.attempts());
            settlement.failed(new Failure(
                    entry,
                    decision.disposition() == Disposition.FAILED ? Disposition.FAILED : Disposition.REJECTED,
                    reason));
        } else {
            release(batch, decision, kind, reason, settlement);
        }
        if (decision.down()) {
            settlement.down(outage(exception, failure));
        } else {
            LOG.warnf("%s failed: %s", batch, reason);
        }
    }

    /** @return whether the attempts of a batch with a single item are used up */
    private boolean exhausted(Batch batch, Disposition disposition) {
        return disposition == Disposition.FAILED && batch.attempts() + 1 >= attempts
                || disposition == Disposition.SUSPECT && batch.attempts() >= attempts;
    }

    private static void release(
            Batch batch, Decision decision, FailureKind kind, String reason, Settlement settlement) {
        switch (decision.disposition()) {
            case REJECTED -> {
                if (batch.tick() == null) {
                    settlement.takeOut(batch.entries());
                } else {
                    batch.entries()
                            .forEach(entry -> settlement.failed(new Failure(entry, Disposition.REJECTED, reason)));
                }
            }
            // A failure that is not the target's counts in any case: otherwise one bad item could hold up the others of
            // the batch forever.
            case SUSPECT ->
                settlement.release(
                        decision.down() && !targets(kind) && batch.entries().size() > 1
                                ? Disposition.FAILED
                                : Disposition.SUSPECT,
                        reason);
            case FAILED -> settlement.release(Disposition.FAILED, reason);
            default -> settlement.release(Disposition.RELEASED, reason);
        }
    }

    /** @return whether the target answered in a way that never uses up attempts */
    private static boolean answered(FailureKind kind) {
        return kind == FailureKind.TARGET_BUSY || kind == FailureKind.TARGET_REFUSES;
    }

    private static boolean targets(FailureKind kind) {
        return kind == FailureKind.TARGET_DOWN || kind == FailureKind.TARGET_REFUSES;
    }

    /** @param first whether it never failed before */
    private Decision answered(ClassifiedFailure failure, boolean first) {
        if (first && !probing) {
            return Decision.DOWN;
        }
        inARow++;
        if (probing || inARow >= DOWN_AFTER || failure.delay().isPresent()) {
            inARow = 0;
            return Decision.DOWN_FOR_OTHERS;
        }
        return Decision.SET_ASIDE;
    }

    /** @param attempts failures of this item, or batch, that counted: others passed meanwhile */
    private Decision decide(FailureKind kind, int attempts) {
        if (kind == FailureKind.ITEM_REJECTED) {
            return Decision.REJECTED;
        }
        if (kind == FailureKind.ITEM_FAILED) {
            return Decision.FAILED;
        }
        if (kind == FailureKind.TARGET_UNREACHABLE) {
            inARow = 0;
            return probing ? Decision.DOWN_FOR_OTHERS : Decision.DOWN;
        }
        boolean first = attempts == 0;
        if (targets(kind) && first && !probing) {
            return Decision.DOWN;
        }
        if (targets(kind) || first) {
            inARow++;
        }
        if (probing || inARow >= DOWN_AFTER) {
            inARow = 0;
            return Decision.STILL_DOWN;
        }
        return targets(kind) || first && kind == FailureKind.UNCLEAR ? Decision.SUSPECT : Decision.FAILED;
    }

    /**
     * What follows from a failure.
     *
     * @param down whether the spool pauses, since the target is down
     */
    private record Decision(Disposition disposition, boolean down) {
        static final Decision REJECTED = new Decision(Disposition.REJECTED, false);
        static final Decision FAILED = new Decision(Disposition.FAILED, false);
        static final Decision SUSPECT = new Decision(Disposition.SUSPECT, false);
        static final Decision SET_ASIDE = new Decision(Disposition.SET_ASIDE, false);
        /** The first sign of it: nothing happened to the item. */
        static final Decision DOWN = new Decision(Disposition.RELEASED, true);
        /** Another item tries the target next; this one may be poison. */
        static final Decision STILL_DOWN = new Decision(Disposition.SUSPECT, true);
        /**
         * Another item tries the target next; this one is no suspect, since the target never heard of it or refuses
         * all.
         */
        static final Decision DOWN_FOR_OTHERS = new Decision(Disposition.SET_ASIDE, true);
    }
}
