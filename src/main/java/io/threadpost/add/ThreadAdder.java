package io.threadpost.add;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.add.AddState.Attempt;
import io.threadpost.connector.ConnectorException;
import io.threadpost.spool.PostponedException;

/**
 * Adds a thread exactly once, though the platform knows no idempotency key. The intent is recorded before a request is
 * sent; when its outcome is unknown, the thread is read back from the platform, and the request is repeated only when
 * it can have no effect any more.
 */
@Singleton
final class ThreadAdder {
    private static final Logger LOG = Logger.getLogger(ThreadAdder.class);

    private final AddLedger ledger;
    private final AddPlatformClient platform;
    private final ReadBack readBack;
    private final AddCircuitBreaker circuitBreaker;
    private final AddFailurePolicy failurePolicy;
    private final AddMeters meters;

    ThreadAdder(
            AddLedger ledger,
            AddPlatformClient platform,
            ReadBack readBack,
            AddCircuitBreaker circuitBreaker,
            AddFailurePolicy failurePolicy,
            AddMeters meters) {
        this.ledger = ledger;
        this.platform = platform;
        this.readBack = readBack;
        this.circuitBreaker = circuitBreaker;
        this.failurePolicy = failurePolicy;
        this.meters = meters;
    }

    /**
     * @return how it ended; the recorded outcome when it ended before
     * @throws PostponedException when it has to wait
     */
    AddOutcome add(InboundMessage message) {
        AddState state = ledger.state(message);
        if (state.outcome().isPresent()) {
            return state.outcome().get();
        }
        if (state.attempt().isPresent()) {
            Attempt attempt = state.attempt().get();
            return resume(message.as(attempt.texts()), attempt, state);
        }
        return message.texts().incomplete() ? incomplete(message.texts()) : send(message, null);
    }

    private static AddOutcome incomplete(ThreadTexts texts) {
        String header = texts.sender().isEmpty() ? AddConstants.SENDER : AddConstants.SUBJECT;
        return new AddOutcome.Refused(
                "incomplete", "the header " + header + " is missing or empty, and the platform requires it");
    }

    private AddOutcome resume(InboundMessage message, Attempt attempt, AddState state) {
        boolean over = ledger.isOver(state, attempt);
        Optional<AddOutcome> found = readBack(message, attempt, over ? attempt.since() : state.oldest(), over);
        if (found.isPresent()) {
            return found.get();
        }
        if (!over) {
            ledger.recordNotFound(message, attempt);
            throw AddFailurePolicy.notFoundYet(attempt.readBacks());
        }
        return send(message, attempt);
    }

    private AddOutcome send(InboundMessage message, Attempt before) {
        failurePolicy.postponeWhileThrottled(message);
        circuitBreaker.admit(message.connection());
        Intent intent = new Intent(message, before, serverTime(message));
        CreatedThread thread;
        try {
            thread = platform.add(message, intent);
        } catch (ConnectorException e) {
            if (!intent.written) {
                throw AddFailurePolicy.later(e);
            }
            return failed(message, before, e);
        }
        circuitBreaker.succeeded(message.connection());
        Optional<AddOutcome> created = ledger.created(message, thread);
        if (created.isEmpty()) {
            ledger.answered(message);
            throw AddFailurePolicy.threadTaken();
        }
        if (created.get() instanceof AddOutcome.Added added && !added.thread().equals(thread.id())) {
            LOG.errorf(
                    "%s: the platform has two threads, %s and %s: a request took effect after it was given up",
                    message, added.thread(), thread.id());
        }
        meters.added(message, "created");
        return created.get();
    }

    private AddOutcome failed(InboundMessage message, Attempt before, ConnectorException e) {
        switch (e.failure()) {
            case INVALID -> {
                return refused(message, "refused-400", e);
            }
            case FORBIDDEN -> {
                return refused(message, "refused-403", e);
            }
            case TOO_LARGE -> {
                return refused(message, "refused-413", e);
            }
            case UNAUTHORIZED, NOT_FOUND, RATE_LIMITED, UNREACHABLE, STOPPED -> {
                ledger.revert(message, before);
                throw failurePolicy.requestFailed(message, e);
            }
            case TOO_HEAVY, CONFLICT, UNAVAILABLE, UNEXPECTED -> {
                ledger.answered(message);
                return unknown(message, e);
            }
            default -> {
                return unknown(message, e);
            }
        }
    }

    /** The platform refuses the texts; the request had no effect. When the message comes again, it is retried. */
    private AddOutcome refused(InboundMessage message, String code, ConnectorException e) {
        circuitBreaker.succeeded(message.connection());
        ledger.forget(message);
        meters.refused(message, code);
        return new AddOutcome.Refused(code, e.getMessage());
    }

    private AddOutcome unknown(InboundMessage message, ConnectorException e) {
        LOG.infof("%s: the outcome of the request is unknown: %s", message, e.getMessage());
        circuitBreaker.failed(message.connection(), e.getMessage());
        Attempt attempt = ledger.state(message).attempt().orElse(null);
        if (attempt == null) {
            throw new PostponedException(Duration.ZERO, "another process has resolved it");
        }
        Optional<AddOutcome> found = readBack(message, attempt, attempt.since(), false);
        if (found.isPresent()) {
            return found.get();
        }
        ledger.recordNotFound(message, attempt);
        throw AddFailurePolicy.notFoundYet(0);
    }

    private Optional<AddOutcome> readBack(InboundMessage message, Attempt attempt, long since, boolean over) {
        List<CreatedThread> threads;
        try {
            circuitBreaker.admitReadBack(message.connection());
            failurePolicy.postponeWhileThrottled(message);
            threads = readBack.threads(
                    message.connection(), Math.min(since, attempt.since()), over || attempt.readBacks() == 0);
        } catch (ConnectorException e) {
            throw failurePolicy.readBackFailed(message, e);
        }
        circuitBreaker.readBackSucceeded(message.connection());
        Optional<AddOutcome> found = readBack.resolve(message, threads, over);
        found.ifPresent(addOutcome -> {
            if (addOutcome instanceof AddOutcome.Refused refused) {
                meters.refused(message, refused.code());
            } else {
                meters.added(message, "adopted");
            }
        });
        return found;
    }

    private long serverTime(InboundMessage message) {
        try {
            return platform.now(message.connection()).toEpochMilli();
        } catch (ConnectorException e) {
            throw failurePolicy.readBackFailed(message, e);
        }
    }

    /** Recorded when the request has its slot in the budget, so that there is no long wait between the two. */
    private final class Intent implements Runnable {
        private final InboundMessage message;
        private final Attempt before;
        private final long since;
        private boolean written;

        Intent(InboundMessage message, Attempt before, long since) {
            this.message = message;
            this.before = before;
            this.since = since;
        }

        @Override
        public void run() {
            written = before == null ? ledger.recordIntent(message, since) : ledger.recordRepeat(message, before);
            if (written && before != null) {
                LOG.infof("%s: request %d had no effect, repeating it", message, before.requests());
            }
            if (!written) {
                circuitBreaker.notSent(message.connection());
                throw AddFailurePolicy.behindAnother();
            }
        }
    }
}
