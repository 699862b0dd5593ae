package io.threadpost.steptrace;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.Exchange;

/**
 * The trace of one exchange: its path so far, and the step that failed it. It is an exchange property, so that the
 * copies made by splits and multicasts share it. Thread-safe.
 */
public final class StepTrace {
    /** Exchange property: the trace, see {@link #start}. */
    public static final String PROPERTY = "ThreadpostSteps";

    private final AtomicReference<StepPath> path = new AtomicReference<>();
    /** Records the same steps; null for most. */
    private final StepTrace outer;
    /** Names of spools; null unless this trace is nested. */
    private final Set<String> spools;

    private volatile Step failed;

    private StepTrace(StepTrace outer, Set<String> spools) {
        this.outer = outer;
        this.spools = spools;
    }

    /**
     * Records the steps of this exchange from now on, in place of an earlier trace.
     *
     * @return the trace, empty so far
     */
    public static StepTrace start(Exchange exchange) {
        StepTrace trace = new StepTrace(null, null);
        exchange.setProperty(PROPERTY, trace);
        return trace;
    }

    /**
     * Records the steps of this exchange until {@link #end}, with the spools that it sends to; a trace that it has goes
     * on.
     */
    public static StepTrace nest(Exchange exchange) {
        StepTrace trace = new StepTrace(of(exchange), Collections.synchronizedSet(new TreeSet<>()));
        exchange.setProperty(PROPERTY, trace);
        return trace;
    }

    /** Ends a nested trace: the exchange has again the trace that it had before. */
    public void end(Exchange exchange) {
        if (of(exchange) == this) {
            if (outer == null) {
                exchange.removeProperty(PROPERTY);
            } else {
                exchange.setProperty(PROPERTY, outer);
            }
        }
    }

    /** Records that the exchange sends an item to a spool. */
    public static void sent(Exchange exchange, String spool) {
        for (StepTrace trace = of(exchange); trace != null && trace.spools != null; trace = trace.outer) {
            trace.spools.add(spool);
        }
    }

    /** @return the spools that were sent to, sorted; empty unless this trace is nested */
    public List<String> spools() {
        if (spools == null) {
            return List.of();
        }
        synchronized (spools) {
            return List.copyOf(spools);
        }
    }

    /** @return the trace of this exchange; null when its steps are not recorded */
    public static StepTrace of(Exchange exchange) {
        return exchange.getProperty(PROPERTY) instanceof StepTrace trace ? trace : null;
    }

    /** @return the steps entered so far; null when there are none */
    public StepPath path() {
        return path.get();
    }

    /**
     * @return the innermost step that failed, and did not pass when it was tried again; null when there is none. An
     *     error handler may have handled the failure.
     */
    public Step failed() {
        return failed;
    }

    /** @param alone the path of a trace that begins with the step */
    void enter(Step step, StepPath alone) {
        StepPath before;
        StepPath after;
        do {
            before = path.get();
            after = before == null ? alone : before.with(step);
        } while (before != after && !path.compareAndSet(before, after));
        if (outer != null) {
            outer.enter(step, alone);
        }
    }

    void leave(Step step, boolean withFailure) {
        if (withFailure) {
            failed = failed == null ? step : failed;
        } else if (failed == step) {
            failed = null;
        }
        if (outer != null) {
            outer.leave(step, withFailure);
        }
    }
}
