package io.threadpost.redelivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.PulledVersions.Mark;
import io.threadpost.pull.UtcNanos;
import io.threadpost.retry.Backoff;

/** Running re-deliveries in the ledger: this process leases one, and advances it while it holds the lease. */
@Singleton
final class RedeliveryJobs {
    static final Duration LEASE = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(RedeliveryJobs.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));
    private static final String DUE = " FROM redelivery WHERE state = 'running' AND due <= ?"
            + " AND (lease_owner IS NULL OR lease_owner = ? OR lease_until <= ?)";
    private static final String HELD = " WHERE id = ? AND lease_owner = ? AND state = 'running'";

    private final Ledger ledger;
    private final String owner;

    RedeliveryJobs(Ledger ledger) {
        this.ledger = ledger;
        this.owner = ledger.newOwner();
    }

    /**
     * Where a re-delivery is.
     *
     * @param through null: every thread goes
     * @param start null: threads are named by their ids
     * @param reached nanoseconds; the platform was asked down to here
     * @param mark when it began; null if an earlier version began it, which did not record that
     * @param failures in a row
     */
    record Job(
            long id,
            String connection,
            String spool,
            String through,
            Long start,
            Long end,
            String phase,
            long parcel,
            long lastParcel,
            long reached,
            int failures,
            Mark mark) {
        boolean byIds() {
            return start == null;
        }

        /** @return false for a text that is no time */
        boolean isWithin(String updated) {
            OptionalLong nanos = UtcNanos.nanos(updated);
            return nanos.isPresent() && start <= nanos.getAsLong() && nanos.getAsLong() < end;
        }

        @Override
        public String toString() {
            return "re-delivery " + id;
        }
    }

    /** @return the oldest one that is due and that no other process holds */
    Optional<Job> claim() {
        boolean any = ledger.read(tx -> tx.exists("SELECT 1" + DUE + " LIMIT 1", tx.now(), owner, tx.now()));
        return !any
                ? Optional.empty()
                : ledger.write(tx -> {
                    Optional<Job> job = tx.one(
                            "SELECT id, connection, spool, through, start_ns, end_ns, phase, parcel, last_parcel,"
                                    + " reached_ns, failures, gaps, last_page" + DUE + " ORDER BY id LIMIT 1 "
                                    + tx.dialect().claiming(),
                            RedeliveryJobs::job,
                            tx.now(),
                            owner,
                            tx.now());
                    if (job.isPresent()) {
                        tx.update(
                                "UPDATE redelivery SET lease_owner = ?, lease_until = ? WHERE id = ?",
                                owner,
                                tx.now() + LEASE.toMillis(),
                                job.get().id());
                    }
                    return job;
                });
    }

    private static Job job(ResultSet row) throws SQLException {
        long start = row.getLong(5);
        boolean byIds = row.wasNull();
        return new Job(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                byIds ? null : Long.valueOf(start),
                byIds ? null : Long.valueOf(row.getLong(6)),
                row.getString(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getInt(11),
                row.getString(12) == null ? null : new Mark(row.getString(12), row.getLong(13)));
    }

    /** @throws LeaseLostException as {@link #advance} */
    void renew(Job job) {
        ledger.write(tx -> tx.updateHeld(
                job, "UPDATE redelivery SET lease_until = ?" + HELD, tx.now() + LEASE.toMillis(), job.id(), owner));
    }

    /** @throws LeaseLostException when it was paused or cancelled, or another node has it */
    void advance(Transaction tx, Job job, String change, Object value) throws SQLException {
        tx.updateHeld(
                job,
                "UPDATE redelivery SET " + change + ", lease_until = ?, failures = 0, error = NULL" + HELD,
                value,
                tx.now() + LEASE.toMillis(),
                job.id(),
                owner);
    }

    /** Releases one that failed, to be tried again later. */
    void failed(Job job, String reason) {
        long wait = BACKOFF.millis(job.failures() + 1);
        LOG.warnf("%s: %s (next try in %.1f s)", job, reason, wait / 1000.0);
        ledger.write(tx -> tx.update(
                "UPDATE redelivery SET lease_owner = NULL, due = ?, failures = failures + 1, error = ?" + HELD,
                tx.now() + wait,
                tx.redacted(reason),
                job.id(),
                owner));
    }

    void finish(Job job) {
        ledger.execute(tx -> {
            tx.update(
                    "UPDATE redelivery SET state = 'finished', finished = ?, lease_owner = NULL" + HELD,
                    tx.now(),
                    job.id(),
                    owner);
            Redeliveries.forget(tx, job.id());
        });
        LOG.infof("%s to spool %s is finished", job, job.spool());
    }
}
