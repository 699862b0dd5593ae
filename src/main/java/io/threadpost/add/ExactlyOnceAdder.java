package io.threadpost.add;

import java.time.Duration;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.threadpost.add.AddLedger.UnknownTime;
import io.threadpost.add.AddState.Attempt;
import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.RequestBudget;
import io.threadpost.ledger.Ledger;
import io.threadpost.spool.PostponedException;

/**
 * Adds something exactly once, though the platform knows no idempotency key. The intent is recorded before a request is
 * sent; when its outcome is unknown, the platform is asked for what it has, and the request is repeated only when it
 * can no longer take effect.
 *
 * @param <T> what is to be added
 * @param <R> what the platform answers with
 */
abstract class ExactlyOnceAdder<T extends Addition, R> {
    private static final Logger LOG = Logger.getLogger(ExactlyOnceAdder.class);

    private final AddLedger<T> addLedger;
    private final AddPlatformClient platform;
    private final AddCircuitBreaker circuitBreaker;
    private final AddFailurePolicy failurePolicy;
    private final AddMeters meters;

    ExactlyOnceAdder(
            AddOperation operation,
            Ledger ledger,
            AddLedger<T> addLedger,
            AddPlatformClient platform,
            RequestBudget budget,
            AddMeters meters) {
        this.addLedger = addLedger;
        this.platform = platform;
        this.circuitBreaker = new AddCircuitBreaker(ledger, operation);
        this.failurePolicy = new AddFailurePolicy(operation, circuitBreaker, budget);
        this.meters = meters;
    }

    /**
     * @return why it cannot be sent at all; empty when it can
     * @throws PostponedException when another one goes first
     */
    abstract Optional<AddOutcome> unsendable(T addition);

    /**
     * Sends the request.
     *
     * @param before called when the request is about to be sent
     * @throws ConnectorException when nothing was added, or the outcome is unknown
     */
    abstract R request(T addition, Runnable before);

    /**
     * Records what the platform answered with.
     *
     * @return how the add ended; empty when that belongs to another add, so that this one's is still to be found
     */
    abstract Optional<AddOutcome> created(T addition, R response);

    /** Records that the platform refuses it, which had no effect. When it comes again, it is retried. */
    abstract void refused(T addition, AddOutcome.Refused refused);

    /** @return whether a 403 is about this one alone, and not about the connection */
    abstract boolean forbidden(T addition);

    /**
     * Asks the platform for what it has, and records the outcome.
     *
     * @param since the platform's time, milliseconds since the epoch
     * @param until what was created later is not it; {@link Long#MAX_VALUE} for no limit
     * @param fresh whether a recent answer to another add must not be shared
     * @param over whether nothing else can appear
     * @return how the add ended; empty when the platform does not have it
     * @throws ConnectorException when the platform does not answer
     */
    abstract Optional<AddOutcome> find(T addition, long since, long until, boolean fresh, boolean over);

    /**
     * @return how it ended; the recorded outcome when it ended before
     * @throws PostponedException when it has to wait
     */
    AddOutcome add(T given) {
        AddState<T> state = addLedger.state(given);
        if (state.outcome().isPresent()) {
            return state.outcome().get();
        }
        T addition = state.addition();
        if (state.attempt().isPresent()) {
            return resume(addition, state.attempt().get(), state);
        }
        return unsendable(addition).orElseGet(() -> addNew(addition));
    }

    /**
     * What may have been added before the ledger was restored is looked for first, as if a request were on its way. A
     * process that is killed meanwhile leaves an unresolved add.
     */
    private AddOutcome addNew(T addition) {
        Optional<UnknownTime> unknown = addLedger.unknownTime(addition);
        if (unknown.isPresent()) {
            if (!addLedger.recordIntent(addition, unknown.get().since())) {
                throw failurePolicy.behindAnother();
            }
            Optional<AddOutcome> found = Optional.empty();
            try {
                found = readBack(addition, unknown.get().since(), unknown.get().latest(), true, true);
            } finally {
                if (found.isEmpty()) {
                    addLedger.revert(addition, null);
                }
            }
            if (found.isPresent()) {
                return found.get();
            }
        }
        return send(addition, null);
    }

    /** @return to be thrown when another one has to be settled first */
    final PostponedException behindAnother() {
        return failurePolicy.behindAnother();
    }

    private AddOutcome resume(T addition, Attempt attempt, AddState<T> state) {
        boolean over = addLedger.isOver(state, attempt);
        long since = over ? attempt.since() : Math.min(state.oldest(), attempt.since());
        boolean fresh = over || attempt.readBacks() == 0;
        Optional<AddOutcome> found = readBack(addition, since, Long.MAX_VALUE, fresh, over);
        if (found.isPresent()) {
            return found.get();
        }
        if (!over) {
            addLedger.recordNotFound(addition, attempt);
            throw failurePolicy.notFoundYet(attempt.readBacks());
        }
        return send(addition, attempt);
    }

    private AddOutcome send(T addition, Attempt before) {
        failurePolicy.postponeWhileThrottled(addition.connection());
        circuitBreaker.admit(addition.connection());
        Intent intent = new Intent(addition, before, serverTime(addition));
        R response;
        try {
            response = request(addition, intent);
        } catch (ConnectorException e) {
            if (!intent.written) {
                throw AddFailurePolicy.later(e);
            }
            return failed(addition, before, e);
        }
        circuitBreaker.succeeded(addition.connection());
        Optional<AddOutcome> created = created(addition, response);
        if (created.isEmpty()) {
            addLedger.answered(addition);
            throw failurePolicy.taken();
        }
        meters.added(addition.connection(), "created");
        return created.get();
    }

    private AddOutcome failed(T addition, Attempt before, ConnectorException e) {
        switch (e.failure()) {
            case INVALID -> {
                return refused(addition, "refused-400", e);
            }
            case FORBIDDEN -> {
                if (forbidden(addition)) {
                    return refused(addition, "refused-403", e);
                }
                addLedger.revert(addition, before);
                throw failurePolicy.requestFailed(addition.connection(), e);
            }
            case TOO_LARGE -> {
                return refused(addition, "refused-413", e);
            }
            case UNAUTHORIZED, NOT_FOUND, RATE_LIMITED, UNREACHABLE, STOPPED -> {
                addLedger.revert(addition, before);
                throw failurePolicy.requestFailed(addition.connection(), e);
            }
            case TOO_HEAVY, CONFLICT, UNAVAILABLE, UNEXPECTED -> {
                addLedger.answered(addition);
                return unknown(addition, e);
            }
            default -> {
                return unknown(addition, e);
            }
        }
    }

    private AddOutcome refused(T addition, String code, ConnectorException e) {
        circuitBreaker.succeeded(addition.connection());
        AddOutcome.Refused outcome = new AddOutcome.Refused(code, e.getMessage());
        refused(addition, outcome);
        meters.refused(addition.connection(), code);
        return outcome;
    }

    private AddOutcome unknown(T addition, ConnectorException e) {
        LOG.infof("%s: the outcome of the request is unknown: %s", addition, e.getMessage());
        circuitBreaker.failed(addition.connection(), e.getMessage());
        Attempt attempt = addLedger.state(addition).attempt().orElse(null);
        if (attempt == null) {
            throw new PostponedException(Duration.ZERO, "another process has resolved it");
        }
        Optional<AddOutcome> found =
                readBack(addition, attempt.since(), Long.MAX_VALUE, attempt.readBacks() == 0, false);
        if (found.isPresent()) {
            return found.get();
        }
        addLedger.recordNotFound(addition, attempt);
        throw failurePolicy.notFoundYet(0);
    }

    private Optional<AddOutcome> readBack(T addition, long since, long until, boolean fresh, boolean over) {
        Optional<AddOutcome> found;
        try {
            circuitBreaker.admitReadBack(addition.connection());
            failurePolicy.postponeWhileThrottled(addition.connection());
            found = find(addition, since, until, fresh, over);
        } catch (ConnectorException e) {
            throw failurePolicy.readBackFailed(addition.connection(), e);
        }
        circuitBreaker.readBackSucceeded(addition.connection());
        found.ifPresent(outcome -> {
            if (outcome instanceof AddOutcome.Refused refused) {
                meters.refused(addition.connection(), refused.code());
            } else {
                meters.added(addition.connection(), "adopted");
            }
        });
        return found;
    }

    private long serverTime(T addition) {
        try {
            return platform.now(addition.connection()).toEpochMilli();
        } catch (ConnectorException e) {
            throw failurePolicy.readBackFailed(addition.connection(), e);
        }
    }

    /** Recorded when the request has its slot in the budget, so that there is no long wait between the two. */
    private final class Intent implements Runnable {
        private final T addition;
        private final Attempt before;
        private final long since;
        private boolean written;

        Intent(T addition, Attempt before, long since) {
            this.addition = addition;
            this.before = before;
            this.since = since;
        }

        @Override
        public void run() {
            written =
                    before == null ? addLedger.recordIntent(addition, since) : addLedger.recordRepeat(addition, before);
            if (written && before != null) {
                LOG.infof("%s: request %d had no effect, repeating it", addition, before.requests());
            }
            if (!written) {
                circuitBreaker.notSent(addition.connection());
                throw failurePolicy.behindAnother();
            }
        }
    }
}
