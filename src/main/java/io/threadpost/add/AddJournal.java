package io.threadpost.add;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import io.threadpost.add.AddState.Attempt;
import io.threadpost.ledger.Transaction;

/** What the ledger records about additions of one kind: intents, what is known about each, and outcomes. */
interface AddJournal<T extends Addition> {
    /** @throws IllegalArgumentException when there is no such connection, in one line for people */
    AddState<T> state(T addition);

    /**
     * The time of which a restored ledger knows nothing, when this may have been added in it.
     *
     * @return empty when the ledger was not restored, or this came later
     */
    Optional<UnknownTime> unknownTime(T addition);

    /**
     * From a backup to its restore, milliseconds since the epoch.
     *
     * @param since when the backup was taken
     * @param until when it was restored
     */
    record UnknownTime(long since, long until) {
        /** How long something of an unknown age is taken for one that may have been added before. */
        static final long DOUBT_MILLIS = Duration.ofDays(7).toMillis();

        private static final long MARGIN = Duration.ofMinutes(5).toMillis();

        /**
         * Reads it.
         *
         * @param received when it came in; null when that is not known
         */
        static Optional<UnknownTime> of(Transaction tx, Long received) throws SQLException {
            return tx.one(
                            "SELECT MIN(taken), MAX(at) FROM ledger_history WHERE event = 'restored' AND at > ?",
                            row -> new UnknownTime(row.getLong(1), row.getLong(2)),
                            received == null ? tx.now() - DOUBT_MILLIS : received)
                    .filter(unknown -> unknown.until() > 0);
        }

        /** The latest time of something that was added in it; clocks differ. */
        long latest() {
            return until + MARGIN;
        }
    }

    /**
     * Records the intent to send the first request.
     *
     * @param since the platform's time, milliseconds since the epoch
     * @return false when it has to wait for another one, or another process has begun this one
     */
    boolean recordIntent(T addition, long since);

    /**
     * Records the intent to repeat the request.
     *
     * @return false when another process has begun to
     */
    boolean recordRepeat(T addition, Attempt before);

    /**
     * The request had no effect: restores what was recorded before it.
     *
     * @param before null when it was the first one
     */
    void revert(T addition, Attempt before);

    /** The last request has ended, with an unknown outcome. */
    void answered(T addition);

    /** The platform was asked and did not have it. A process that takes over an addition waits the whole time. */
    void recordNotFound(T addition, Attempt attempt);

    /** @return whether the last request can have no effect any more, by this process's own clock */
    boolean isOver(AddState<T> state, Attempt attempt);
}
