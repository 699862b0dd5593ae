package io.threadpost.add;

import java.time.Duration;
import java.util.function.BiConsumer;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.RequestBudget;
import io.threadpost.retry.Backoff;
import io.threadpost.spool.PostponedException;

/** How long an add that cannot go on now is postponed, and whether the other adds of its connection pause with it. */
final class AddFailurePolicy {
    private static final long[] READ_BACK_MILLIS = {500, 1000, 2000, 4000, 8000, 15_000};

    private final AddOperation operation;
    private final AddCircuitBreaker circuitBreaker;
    private final RequestBudget budget;

    AddFailurePolicy(AddOperation operation, AddCircuitBreaker circuitBreaker, RequestBudget budget) {
        this.operation = operation;
        this.circuitBreaker = circuitBreaker;
        this.budget = budget;
    }

    /**
     * Postpones while the platform throttles: waiting at the connector instead would block other connections' messages,
     * too.
     *
     * @throws PostponedException while it does
     */
    void postponeWhileThrottled(String connection) {
        long millis = budget.pausedMillis(connection);
        if (millis > 1000) {
            throw new PostponedException(
                    Duration.ofMillis(millis),
                    "the platform throttles requests for another " + (millis + 999) / 1000 + " s");
        }
    }

    /** The request had no effect; the connection's adds pause when the failure lasts. */
    PostponedException requestFailed(String connection, ConnectorException e) {
        return failed(connection, e, circuitBreaker::failed);
    }

    /** The read-back failed; read-backs pause when the failure lasts. */
    PostponedException readBackFailed(String connection, ConnectorException e) {
        return failed(connection, e, circuitBreaker::readBackFailed);
    }

    private PostponedException failed(String connection, ConnectorException e, BiConsumer<String, String> pause) {
        switch (e.failure()) {
            case UNAUTHORIZED, FORBIDDEN, NOT_FOUND -> circuitBreaker.refused(connection, e.getMessage());
            case RATE_LIMITED, STOPPED -> {}
            default -> pause.accept(connection, e.getMessage());
        }
        return later(e);
    }

    static PostponedException later(ConnectorException e) {
        long millis = e.failure() == ConnectorFailure.STOPPED ? 0 : Math.max(1000, e.retryAfterMillis());
        return new PostponedException(spread(millis, millis / 2), e.getMessage());
    }

    /** @param readBacks how often the platform was asked before */
    PostponedException notFoundYet(int readBacks) {
        return new PostponedException(
                Duration.ofMillis(READ_BACK_MILLIS[Math.min(readBacks, READ_BACK_MILLIS.length - 1)]),
                "it is not known yet whether the platform made the " + operation.thing());
    }

    PostponedException taken() {
        return new PostponedException(
                Duration.ofMillis(READ_BACK_MILLIS[0]), "another add alike adopted its " + operation.thing());
    }

    PostponedException behindAnother() {
        return operation == AddOperation.THREADS
                ? new PostponedException(
                        spread(1000, 1000), "another message with the same sender and subject is not resolved yet")
                : new PostponedException(spread(300, 300), "an earlier message of its thread is not settled yet");
    }

    private static Duration spread(long millis, long more) {
        return Duration.ofMillis(Backoff.jitter(millis, millis + more));
    }
}
