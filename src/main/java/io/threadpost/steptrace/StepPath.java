package io.threadpost.steptrace;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps that an exchange entered, each once, in the order of its first entry. Exchanges that took the same way have
 * the same path object, unless memory was short meanwhile; so a path can be looked up by its identity.
 */
public final class StepPath {
    /** A path that branches more often is made anew each time, so that a route cannot fill the memory. */
    private static final int MOST_SUCCESSORS = 64;
    /** A longer path ends here. */
    private static final int LONGEST = 500;

    private final StepPath before;
    private final Step step;
    private final int length;
    /** The successor that was asked for last: mostly it is asked for again. */
    private volatile Successor last;
    /** A cache of the others: routes that are edited or work in parallel make more and more of them. */
    private volatile SoftReference<Map<Step, StepPath>> successors = new SoftReference<>(null);

    /** @param before null for the first step */
    StepPath(StepPath before, Step step) {
        this.before = before;
        this.step = step;
        this.length = before == null ? 1 : before.length + 1;
    }

    private record Successor(Step step, StepPath path) {}

    /** What became of an exchange at a step. */
    public enum Outcome {
        /** It went through, or into one of the step's branches. */
        PASSED,
        /** A filter said no, or no branch of a choice took it. */
        REJECTED
    }

    /**
     * A step that an exchange entered.
     *
     * @param branch the branch of a choice that it took, such as {@code when[simple{…}]}; null for other steps
     */
    public record Visit(Step step, Outcome outcome, String branch) {}

    /** @return the path with this step at its end; this path when it has the step already */
    StepPath with(Step next) {
        Successor known = last;
        if (known != null && known.step == next) {
            return known.path;
        }
        Map<Step, StepPath> cached = successors.get();
        if (cached == null) {
            cached = new ConcurrentHashMap<>(4);
            successors = new SoftReference<>(cached);
        }
        StepPath path = cached.get(next);
        if (path == null) {
            path = length >= LONGEST || has(next) ? this : new StepPath(this, next);
            if (cached.size() < MOST_SUCCESSORS) {
                StepPath other = cached.putIfAbsent(next, path);
                path = other == null ? path : other;
            }
        }
        last = new Successor(next, path);
        return path;
    }

    private boolean has(Step wanted) {
        for (StepPath path = this; path != null; path = path.before) {
            if (path.step == wanted) {
                return true;
            }
        }
        return false;
    }

    /** @return the steps in order */
    public List<Step> steps() {
        Deque<Step> steps = new ArrayDeque<>();
        for (StepPath path = this; path != null; path = path.before) {
            steps.addFirst(path.step);
        }
        return new ArrayList<>(steps);
    }

    /** @return the steps in order, each with what became of the exchange there */
    public List<Visit> visits() {
        List<Step> steps = steps();
        Set<Step> entered = new HashSet<>(steps);
        List<Visit> visits = new ArrayList<>();
        for (Step visited : steps) {
            Step.Branch taken = visited.branches().stream()
                    .filter(branch -> entered.contains(branch.first()))
                    .findFirst()
                    .orElse(null);
            boolean rejected = visited.decides() && taken == null;
            // A filter's only branch says no more than the filter.
            boolean named = taken != null && !taken.label().equals(visited.label());
            visits.add(new Visit(visited, rejected ? Outcome.REJECTED : Outcome.PASSED, named ? taken.label() : null));
        }
        return visits;
    }
}
