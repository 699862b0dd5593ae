package io.threadpost.steptrace;

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
    private volatile Step failed;

    private StepTrace() {}

    /**
     * Records the steps of this exchange from now on, in place of an earlier trace.
     *
     * @return the trace, empty so far
     */
    public static StepTrace start(Exchange exchange) {
        StepTrace trace = new StepTrace();
        exchange.setProperty(PROPERTY, trace);
        return trace;
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
    }

    void leave(Step step, boolean withFailure) {
        if (withFailure) {
            failed = failed == null ? step : failed;
        } else if (failed == step) {
            failed = null;
        }
    }
}
