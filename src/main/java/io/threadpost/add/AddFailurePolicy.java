package io.threadpost.add;

import java.time.Duration;
import java.util.function.BiConsumer;

import jakarta.inject.Singleton;

import io.threadpost.connector.BudgetStatus;
import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.retry.Backoff;
import io.threadpost.spool.PostponedException;

/** How long an add waits that cannot go on now, and whether the others of its connection wait with it. */
@Singleton
final class AddFailurePolicy {
    private static final long[] LOOK_MILLIS = {500, 1000, 2000, 4000, 8000, 15_000};

    private final AddCircuitBreaker pauses;
    private final BudgetStatus budget;

    AddFailurePolicy(AddCircuitBreaker pauses, BudgetStatus budget) {
        this.pauses = pauses;
        this.budget = budget;
    }

    /**
     * Who waited for the end of the platform's pause at the connector would keep other connections' messages waiting,
     * too.
     *
     * @throws PostponedException while there is such a pause
     */
    void whileThrottled(InboundMessage inboundMessage) {
        long millis = budget.pausedMillis(inboundMessage.connection());
        if (millis > 1000) {
            throw new PostponedException(
                    Duration.ofMillis(millis),
                    "the platform asks to send no requests for " + (millis + 999) / 1000 + " s");
        }
    }

    /** Nothing was carried out; the connection's adds pause when it is more than a moment's failure. */
    PostponedException unsent(InboundMessage inboundMessage, ConnectorException e) {
        return failed(inboundMessage, e, pauses::failed);
    }

    /** The platform does not tell what it has; looking pauses when it is more than a moment's failure. */
    PostponedException unseen(InboundMessage inboundMessage, ConnectorException e) {
        return failed(inboundMessage, e, pauses::lookFailed);
    }

    private PostponedException failed(
            InboundMessage inboundMessage, ConnectorException e, BiConsumer<String, String> pause) {
        switch (e.failure()) {
            case UNAUTHORIZED, FORBIDDEN, NOT_FOUND -> pauses.refused(inboundMessage.connection(), e.getMessage());
            case RATE_LIMITED, STOPPED -> {}
            default -> pause.accept(inboundMessage.connection(), e.getMessage());
        }
        return later(e);
    }

    static PostponedException later(ConnectorException e) {
        long millis = e.failure() == ConnectorFailure.STOPPED ? 0 : Math.max(1000, e.retryAfterMillis());
        return new PostponedException(spread(millis, millis / 2), e.getMessage());
    }

    /** @param looks times that the platform was asked before */
    static PostponedException notThereYet(int looks) {
        return new PostponedException(
                Duration.ofMillis(LOOK_MILLIS[Math.min(looks, LOOK_MILLIS.length - 1)]),
                "it is not known yet whether the platform has made the thread");
    }

    static PostponedException threadTaken() {
        return new PostponedException(
                Duration.ofMillis(LOOK_MILLIS[0]), "its thread was taken for that of one just like it");
    }

    static PostponedException behindOneLikeIt() {
        return new PostponedException(
                spread(1000, 1000), "another one from the same sender and with the same subject is not resolved yet");
    }

    private static Duration spread(long millis, long more) {
        return Duration.ofMillis(Backoff.jitter(millis, millis + more));
    }
}
