package io.threadpost.add;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import io.threadpost.add.AddState.Attempt;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** What the ledger records about additions of one kind: intents, what is known about each, and outcomes. */
abstract class AddLedger<T extends Addition> {
    final Ledger ledger;
    final AttemptClock attemptClock;
    private final Columns columns;

    AddLedger(Ledger ledger, AttemptClock attemptClock, Columns columns) {
        this.ledger = ledger;
        this.attemptClock = attemptClock;
        this.columns = columns;
    }

    /**
     * Where additions of one kind are in the ledger.
     *
     * @param expires the column with the time from which the last request can no longer take effect
     * @param readBacks the column that counts read-backs since the last request
     * @param identity the condition that selects one addition
     */
    record Columns(String table, String expires, String readBacks, String identity) {}

    /** @return the parameters of {@link Columns#identity} */
    abstract Object[] identity(T addition);

    /** @throws IllegalArgumentException when there is no such connection, in one line for people */
    abstract AddState<T> state(T addition);

    /**
     * The time of which a restored ledger knows nothing, when this may have been added in it.
     *
     * @return empty when the ledger was not restored, or this came later
     */
    abstract Optional<UnknownTime> unknownTime(T addition);

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
    abstract boolean recordIntent(T addition, long since);

    /**
     * Records the intent to repeat the request.
     *
     * @return false when another process has begun to
     */
    abstract boolean recordRepeat(T addition, Attempt before);

    /**
     * @param more assignments; empty for none
     * @param condition on the addition, besides; empty for none
     */
    final boolean recordRepeat(T addition, Attempt before, String more, String condition, Object... parameters) {
        return ledger.write(tx -> change(
                        tx,
                        addition,
                        "attempts = attempts + 1, " + columns.expires() + " = ?, process = ?, " + columns.readBacks()
                                + " = 0, touched = ?" + more,
                        "attempts = ?" + condition,
                        Stream.concat(
                                        Stream.of(
                                                attemptClock.sent(tx.now()),
                                                attemptClock.process(),
                                                tx.now(),
                                                before.requests()),
                                        Stream.of(parameters))
                                .toArray())
                == 1);
    }

    /**
     * The request had no effect: restores what was recorded before it.
     *
     * @param before null when it was the first one
     */
    final void revert(T addition, Attempt before) {
        ledger.write(tx -> before == null
                ? revertFirst(tx, addition)
                : change(
                        tx,
                        addition,
                        "attempts = ?, " + columns.expires() + " = ?, process = ?, " + columns.readBacks() + " = ?",
                        "attempts = ?",
                        before.requests(),
                        before.over(),
                        before.process(),
                        before.readBacks(),
                        before.requests() + 1));
    }

    abstract int revertFirst(Transaction tx, T addition) throws SQLException;

    /** The last request has ended, with an unknown outcome. */
    final void answered(T addition) {
        ledger.write(tx -> change(
                tx,
                addition,
                columns.expires() + " = ?, touched = ?",
                "process = ?",
                attemptClock.answered(tx.now()),
                tx.now(),
                attemptClock.process()));
    }

    /** The platform was asked and did not have it. A process that takes over an addition waits the whole time. */
    final void recordNotFound(T addition, Attempt attempt) {
        ledger.write(tx -> change(
                tx,
                addition,
                columns.readBacks() + " = " + columns.readBacks() + " + 1, " + columns.expires()
                        + " = ?, process = ?, touched = ?",
                "attempts = ?",
                attemptClock.recorded(attempt, tx.now()),
                attemptClock.process(),
                tx.now(),
                attempt.requests()));
    }

    /** @return whether the last request can no longer take effect, by this process's own clock */
    final boolean isOver(AddState<T> state, Attempt attempt) {
        return attemptClock.isOver(attempt, state.now());
    }

    /** @return the unresolved add, if there is one */
    final Optional<Attempt> attempt(Transaction tx, T addition) throws SQLException {
        return tx.one(
                "SELECT since, attempts, " + columns.expires() + ", process, " + columns.readBacks() + " FROM "
                        + columns.table() + " WHERE state = 'adding' AND " + columns.identity(),
                row -> new Attempt(row.getLong(1), row.getInt(2), row.getLong(3), row.getString(4), row.getInt(5)),
                identity(addition));
    }

    /** Changes an unresolved add. */
    private int change(Transaction tx, T addition, String set, String condition, Object... parameters)
            throws SQLException {
        return tx.update(
                "UPDATE " + columns.table() + " SET " + set + " WHERE state = 'adding' AND " + condition + " AND "
                        + columns.identity(),
                Stream.concat(Stream.of(parameters), Stream.of(identity(addition)))
                        .toArray());
    }
}
