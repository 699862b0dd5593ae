package io.threadpost.sandbox;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The faults of one request: decided by seed, action and ordinal alone. Belongs to one request's thread. */
final class FaultRoll {
    private final Faults faults;
    private final String action;
    private final long ordinal;
    private final Set<FaultKind> struck = EnumSet.noneOf(FaultKind.class);
    private boolean tooHeavy;

    FaultRoll(Faults faults, String action, long ordinal) {
        this.faults = faults;
        this.action = action;
        this.ordinal = ordinal;
    }

    Faults faults() {
        return faults;
    }

    /** Whether the fault strikes this request; one that does is remembered for the log. */
    boolean strikes(FaultKind kind) {
        boolean strikes = faults.actions().contains(action) && startedLately(kind);
        if (strikes) {
            struck.add(kind);
        }
        return strikes;
    }

    /** It would have struck, but does not apply to this request. */
    void missed(FaultKind kind) {
        struck.remove(kind);
    }

    void tooHeavy() {
        tooHeavy = true;
    }

    /** Deterministic random numbers for what a fault has to choose. */
    long noise(FaultKind kind) {
        return noise(kind, ordinal);
    }

    /** The names of the faults that struck, or null. */
    String names() {
        if (tooHeavy) {
            return "TOO_HEAVY";
        }
        return struck.isEmpty() ? null : struck.stream().map(Enum::name).collect(Collectors.joining(","));
    }

    private boolean startedLately(FaultKind kind) {
        for (long first = Math.max(1, ordinal - faults.burst(kind) + 1); first <= ordinal; first++) {
            if (faults.chance(kind).strikes(noise(kind, first), first)) {
                return true;
            }
        }
        return false;
    }

    private long noise(FaultKind kind, long number) {
        return SplitMix.of(SplitMix.of(faults.seed(), kind.name().hashCode()), SplitMix.of(action.hashCode(), number));
    }
}
