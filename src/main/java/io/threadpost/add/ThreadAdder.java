package io.threadpost.add;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.SendHook;
import io.threadpost.spool.PostponedException;

/**
 * Adds a thread exactly once, though the platform knows no key to do so by. That a request will be sent is written down
 * before; when its outcome is unknown, the platform is asked what it has, and the request is repeated only when nothing
 * can come of it any more.
 */
@Singleton
final class ThreadAdder {
    private static final Logger LOG = Logger.getLogger(ThreadAdder.class);

    private final AddLedger rows;
    private final AddPlatformClient platform;
    private final ReadBack readBack;
    private final AttemptResolution attemptResolution;
    private final AddCircuitBreaker pauses;
    private final AddFailurePolicy waits;
    private final AddMeters meters;

    ThreadAdder(
            AddLedger rows,
            AddPlatformClient platform,
            ReadBack readBack,
            AttemptResolution attemptResolution,
            AddCircuitBreaker pauses,
            AddFailurePolicy waits,
            AddMeters meters) {
        this.rows = rows;
        this.platform = platform;
        this.readBack = readBack;
        this.attemptResolution = attemptResolution;
        this.pauses = pauses;
        this.waits = waits;
        this.meters = meters;
    }

    /**
     * @return how it ended; the same, and without anything being done, when it ended before
     * @throws PostponedException when it has to wait
     */
    AddOutcome add(InboundMessage inboundMessage) {
        AddState addState = rows.standing(inboundMessage);
        if (addState.outcome().isPresent()) {
            return addState.outcome().get();
        }
        if (addState.attempt().isPresent()) {
            AddAttempt addAttempt = addState.attempt().get();
            return resume(inboundMessage.as(addAttempt.texts()), addAttempt, addState);
        }
        return inboundMessage.texts().incomplete() ? incomplete(inboundMessage.texts()) : send(inboundMessage, null);
    }

    private static AddOutcome incomplete(ThreadTexts texts) {
        String header = texts.sender().isEmpty() ? Adds.SENDER : Adds.SUBJECT;
        return new AddOutcome.Refused(
                "incomplete",
                "the header " + header + " is missing or empty, and the platform takes no thread without it");
    }

    private AddOutcome resume(InboundMessage inboundMessage, AddAttempt addAttempt, AddState addState) {
        boolean over = rows.over(addState, addAttempt);
        Optional<AddOutcome> found =
                look(inboundMessage, addAttempt, over ? addAttempt.since() : addState.oldest(), over);
        if (found.isPresent()) {
            return found.get();
        }
        if (!over) {
            rows.looked(inboundMessage, addAttempt);
            throw AddFailurePolicy.notThereYet(addAttempt.looks());
        }
        return send(inboundMessage, addAttempt);
    }

    private AddOutcome send(InboundMessage inboundMessage, AddAttempt before) {
        waits.whileThrottled(inboundMessage);
        pauses.admit(inboundMessage.connection());
        Intent intent = new Intent(inboundMessage, before, serverTime(inboundMessage));
        CreatedThread thread;
        try {
            thread = platform.add(inboundMessage, intent);
        } catch (ConnectorException e) {
            if (!intent.written) {
                throw AddFailurePolicy.later(e);
            }
            return failed(inboundMessage, before, e);
        }
        pauses.served(inboundMessage.connection());
        Optional<AddOutcome> created = rows.created(inboundMessage, thread);
        if (created.isEmpty()) {
            rows.answered(inboundMessage);
            throw AddFailurePolicy.threadTaken();
        }
        if (created.get() instanceof AddOutcome.Added added && !added.thread().equals(thread.id())) {
            LOG.errorf(
                    "%s: the platform has two threads, %s and %s: a request that was given up came through",
                    inboundMessage, added.thread(), thread.id());
        }
        meters.added(inboundMessage, "created");
        return created.get();
    }

    private AddOutcome failed(InboundMessage inboundMessage, AddAttempt before, ConnectorException e) {
        switch (e.failure()) {
            case INVALID -> {
                return refused(inboundMessage, "refused-400", e);
            }
            case FORBIDDEN -> {
                return refused(inboundMessage, "refused-403", e);
            }
            case TOO_LARGE -> {
                return refused(inboundMessage, "refused-413", e);
            }
            case UNAUTHORIZED, NOT_FOUND, RATE_LIMITED, UNREACHABLE, STOPPED -> {
                rows.takeBack(inboundMessage, before);
                throw waits.unsent(inboundMessage, e);
            }
            case TOO_HEAVY, CONFLICT, UNAVAILABLE, UNEXPECTED -> {
                rows.answered(inboundMessage);
                return unknown(inboundMessage, e);
            }
            default -> {
                return unknown(inboundMessage, e);
            }
        }
    }

    /**
     * Certainly not carried out, and never will be as it stands. When it comes again all the same, it is tried again.
     */
    private AddOutcome refused(InboundMessage inboundMessage, String code, ConnectorException e) {
        pauses.served(inboundMessage.connection());
        rows.forget(inboundMessage);
        meters.refused(inboundMessage, code);
        return new AddOutcome.Refused(code, e.getMessage());
    }

    private AddOutcome unknown(InboundMessage inboundMessage, ConnectorException e) {
        LOG.infof("%s: not known whether the thread was made: %s", inboundMessage, e.getMessage());
        pauses.failed(inboundMessage.connection(), e.getMessage());
        AddAttempt addAttempt = rows.standing(inboundMessage).attempt().orElse(null);
        if (addAttempt == null) {
            throw new PostponedException(Duration.ZERO, "somebody else has resolved it");
        }
        Optional<AddOutcome> found = look(inboundMessage, addAttempt, addAttempt.since(), false);
        if (found.isPresent()) {
            return found.get();
        }
        rows.looked(inboundMessage, addAttempt);
        throw AddFailurePolicy.notThereYet(0);
    }

    private Optional<AddOutcome> look(InboundMessage inboundMessage, AddAttempt addAttempt, long since, boolean over) {
        List<CreatedThread> threads;
        try {
            pauses.admitLook(inboundMessage.connection());
            waits.whileThrottled(inboundMessage);
            threads = readBack.since(
                    inboundMessage.connection(), Math.min(since, addAttempt.since()), over || addAttempt.looks() == 0);
        } catch (ConnectorException e) {
            throw waits.unseen(inboundMessage, e);
        }
        pauses.lookServed(inboundMessage.connection());
        Optional<AddOutcome> found = attemptResolution.of(inboundMessage, threads, over);
        found.ifPresent(addOutcome -> {
            if (addOutcome instanceof AddOutcome.Refused refused) {
                meters.refused(inboundMessage, refused.code());
            } else {
                meters.added(inboundMessage, "adopted");
            }
        });
        return found;
    }

    private long serverTime(InboundMessage inboundMessage) {
        try {
            return platform.now(inboundMessage.connection()).toEpochMilli();
        } catch (ConnectorException e) {
            throw waits.unseen(inboundMessage, e);
        }
    }

    /** Is written down when the request has its slot, so that no long wait lies between it and the request. */
    private final class Intent implements SendHook {
        private final InboundMessage inboundMessage;
        private final AddAttempt before;
        private final long since;
        private boolean written;

        Intent(InboundMessage inboundMessage, AddAttempt before, long since) {
            this.inboundMessage = inboundMessage;
            this.before = before;
            this.since = since;
        }

        @Override
        public void run() {
            written = before == null ? rows.begin(inboundMessage, since) : rows.again(inboundMessage, before);
            if (written && before != null) {
                LOG.infof("%s: nothing came of request %d, it is repeated", inboundMessage, before.requests());
            }
            if (!written) {
                pauses.untried(inboundMessage.connection());
                throw AddFailurePolicy.behindOneLikeIt();
            }
        }
    }
}
