package io.threadpost.pull;

import java.sql.ResultSet;
import java.sql.SQLException;

import io.threadpost.ledger.Transaction;
import io.threadpost.pull.IntervalSet.Interval;

/** The time of a connection that windows cover, in the ledger. */
final class CoveredTime {
    private CoveredTime() {}

    /** @return the time within an interval that is not covered */
    static IntervalSet not(Transaction tx, String connection, Interval asked) throws SQLException {
        return IntervalSet.of(asked.start(), asked.end()).minus(of(tx, connection));
    }

    /** Where an audit found threads missing, time is not covered until they are pulled. */
    static IntervalSet of(Transaction tx, String connection) throws SQLException {
        IntervalSet missing = IntervalSet.of(tx.list(
                "SELECT start_ns, end_ns FROM pull_window WHERE connection = ?"
                        + " AND backfill IN (SELECT id FROM backfill WHERE origin = 'audit')",
                CoveredTime::interval,
                connection));
        return windows(tx, connection, "closed").minus(missing);
    }

    /** @return time of windows in that state; those of some enterprises cover nothing, but for an audit's */
    static IntervalSet windows(Transaction tx, String connection, String state) throws SQLException {
        return IntervalSet.of(tx.list(
                "SELECT w.start_ns, w.end_ns FROM pull_window w LEFT JOIN backfill b ON b.id = w.backfill"
                        + " WHERE w.connection = ? AND w.state = ?"
                        + " AND (b.enterprises IS NULL OR b.origin = 'audit')",
                CoveredTime::interval,
                connection,
                state));
    }

    static Interval interval(ResultSet row) throws SQLException {
        return new Interval(row.getLong(1), row.getLong(2));
    }
}
