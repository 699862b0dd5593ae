package io.threadpost.spool;

/**
 * Whose failure it is: the item's own, or the target's. An item that fails by itself uses up its attempts; the target's
 * failures use up nobody's. Where it cannot be told, the item is a suspect, and its failure counts as soon as another
 * one passes.
 */
final class FailurePolicy {
    /** Failures in a row, with nothing that passes in between, that make it the target's. */
    private static final int ROW = 3;

    private int row;
    private boolean probing;

    void begin(Batch batch) {
        probing = batch.probe();
    }

    /** @return whether the next item only tries if the target works again */
    boolean probing() {
        return probing;
    }

    void passed() {
        row = 0;
        probing = false;
    }

    Verdict of(Exception failure, Batch.Entry entry) {
        return TargetFailure.answered(failure)
                ? answered(failure, entry.failures() == 0)
                : of(failure, entry.attempts());
    }

    /** A list may hold one item that lets the target fail, but never one that keeps it busy. */
    Verdict of(Exception failure, Batch batch) {
        return TargetFailure.busy(failure) ? answered(failure, true) : of(failure, batch.attempts());
    }

    /** @param first whether it never failed before */
    private Verdict answered(Exception failure, boolean first) {
        if (first && !probing) {
            return Verdict.DOWN;
        }
        row++;
        if (probing || row >= ROW || TargetFailure.wait(failure).isPresent()) {
            row = 0;
            return Verdict.NOT_THERE;
        }
        return Verdict.SPARED;
    }

    /** @param attempts failures of this item, or batch, that counted: others passed meanwhile */
    private Verdict of(Exception failure, int attempts) {
        if (RejectedItemException.in(failure)) {
            return Verdict.REJECTED;
        }
        if (TargetFailure.exhausted(failure)) {
            return Verdict.OWN;
        }
        if (TargetFailure.unreachable(failure)) {
            row = 0;
            return probing ? Verdict.NOT_THERE : Verdict.DOWN;
        }
        boolean target = TargetFailure.is(failure);
        boolean first = attempts == 0;
        if (target && first && !probing) {
            return Verdict.DOWN;
        }
        if (target || first) {
            row++;
        }
        if (probing || row >= ROW) {
            row = 0;
            return Verdict.STILL_DOWN;
        }
        return target || first && TargetFailure.unclear(failure) ? Verdict.SUSPECT : Verdict.OWN;
    }

    /** What follows from a failure. */
    enum Verdict {
        /** It can never succeed. */
        REJECTED,
        /** It failed by itself. */
        OWN,
        /** It failed as if the target were down, as it did before while others passed. */
        SUSPECT,
        /**
         * The target refused it as it would refuse others, and as it did before: that counts against nobody, however
         * often.
         */
        SPARED,
        /** The target is down, by the first sign of it: nothing happened to the item. */
        DOWN,
        /** The target is down, but the next one to try it shall be another one. */
        STILL_DOWN,
        /**
         * The target did not even hear of the item, or refuses everybody: the item is no suspect. Another one shall try
         * next.
         */
        NOT_THERE;

        boolean down() {
            return this == DOWN || this == STILL_DOWN || this == NOT_THERE;
        }
    }
}
