package io.threadpost.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import io.threadpost.journey.JourneyRecorder;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.LeaseRenewals;
import io.threadpost.ledger.LeaseRenewals.Lease;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SpoolSettings;
import io.threadpost.spool.Batch.Source;
import io.threadpost.spool.Batch.Tick;

/** Batches of the spools: claimed, renewed, settled and released, each conditional on the lease. */
@Singleton
final class Batches {
    private static final String FREE = "(lease_owner IS NULL OR lease_owner = ? OR lease_until <= ?)";

    private final Ledger ledger;
    private final SpoolSettings settings;
    private final BatchSettler batchSettler;
    private final LeaseRenewals leases;
    private final ParcelSlices parcelSlices = new ParcelSlices();

    Batches(Ledger ledger, Settings settings, JourneyRecorder journeys) {
        this.ledger = ledger;
        this.settings = settings.spool();
        this.batchSettler = new BatchSettler(this.settings, journeys);
        this.leases = new LeaseRenewals("spool-leases", this.settings.lease());
    }

    /** @return a new name for somebody who claims */
    String newOwner() {
        return ledger.newOwner();
    }

    /** @return after how many failures an item is dead */
    int attempts() {
        return settings.attempts();
    }

    /**
     * Claims an unfinished batch that is due, or forms a new one.
     *
     * @param owner who claims; an owner that already holds a batch has lost sight of it, and gets it again
     * @param size items in a new batch at most
     * @param sources where to look, in order
     */
    Optional<Batch> claim(String spool, String owner, ClaimSize size, List<Source> sources) {
        // Reading takes no lock; a write transaction is worth it only when there is something to claim.
        boolean something = ledger.read(tx -> SpoolPauses.until(tx, spool).orElse(0L) <= tx.now()
                && tx.exists(
                        "SELECT 1 WHERE EXISTS (SELECT 1 FROM spool_batch WHERE spool = ? AND due <= ? AND "
                                + FREE
                                + ") OR EXISTS (SELECT 1 FROM spool_parcel WHERE spool = ? AND state = "
                                + "'waiting'"
                                + " AND upto IS NULL AND NOT alone AND id <= " + SpoolTicks.REACH
                                + ") OR EXISTS (SELECT 1 FROM spool_parcel"
                                + " WHERE spool = ? AND state = 'waiting' AND upto IS NULL AND alone AND "
                                + "due <= ?)",
                        spool,
                        tx.now(),
                        owner,
                        tx.now(),
                        spool,
                        spool,
                        spool,
                        tx.now()));
        return something ? ledger.write(tx -> claim(tx, spool, owner, size, sources)) : Optional.empty();
    }

    /**
     * Settles the first items of a batch, gives back the rest, and claims the next batch in the same transaction.
     *
     * @param sources where to look for the next one, in order; empty to claim none
     * @throws LeaseLostException when the batch is no longer ours; nothing was changed
     */
    Optional<Batch> settle(Batch batch, Settlement settlement, String owner, ClaimSize size, List<Source> sources) {
        return ledger.write(tx -> {
            batchSettler.settle(tx, batch, settlement, owner);
            return sources.isEmpty() ? Optional.<Batch>empty() : claim(tx, batch.spool(), owner, size, sources);
        });
    }

    /** @return the lease of a batch that is worked, renewed until it is closed */
    Lease keep(Batch batch, String owner) {
        return leases.keep(batch, () -> {
            if (!renew(batch, owner)) {
                throw new LeaseLostException(batch.toString());
            }
        });
    }

    @PreDestroy
    void stop() {
        leases.close();
    }

    /** @return false when the batch is no longer ours */
    boolean renew(Batch batch, String owner) {
        return ledger.write(tx -> tx.update(
                        "UPDATE spool_batch SET lease_until = ? WHERE " + BatchSettler.HELD,
                        leaseEnd(tx),
                        batch.number(),
                        owner))
                == 1;
    }

    private Optional<Batch> claim(Transaction tx, String spool, String owner, ClaimSize size, List<Source> sources)
            throws SQLException {
        Optional<Long> pause = SpoolPauses.until(tx, spool);
        if (pause.orElse(0L) > tx.now()) {
            return Optional.empty();
        }
        for (Source source : sources) {
            Optional<Long> number =
                    switch (source) {
                        case UNFINISHED -> unfinished(tx, spool, owner, size.dangerous());
                        case FAILED ->
                            form(tx, spool, owner, parcelSlices.alone(tx, spool, size.postponed(), size.dangerous()));
                        case FRESH -> fresh(tx, spool, owner, size.fresh());
                    };
            if (number.isPresent()) {
                return load(tx, number.get(), spool, source, pause.isPresent());
            }
        }
        return Optional.empty();
    }

    /** The one that waits longest, so that batches that keep failing do not hold up the others. */
    private Optional<Long> unfinished(Transaction tx, String spool, String owner, boolean dangerous)
            throws SQLException {
        Optional<Long> number = tx.one(
                "SELECT number FROM spool_batch WHERE spool = ? AND due <= ? AND " + FREE
                        + " AND (crashes = 0 AND (lease_owner IS NULL OR lease_owner = ?) OR ?) ORDER BY due, "
                        + "number LIMIT 1 "
                        + tx.dialect().claiming(),
                row -> row.getLong(1),
                spool,
                tx.now(),
                owner,
                tx.now(),
                owner,
                dangerous);
        if (number.isPresent()) {
            tx.update(
                    "UPDATE spool_batch SET crashes = crashes + CASE WHEN lease_owner <> ? THEN 1 ELSE 0 END,"
                            + " lease_owner = ?, lease_until = ? WHERE number = ?",
                    owner,
                    owner,
                    leaseEnd(tx),
                    number.get());
        }
        return number;
    }

    private Optional<Long> fresh(Transaction tx, String spool, String owner, int size) throws SQLException {
        Optional<Long> number = form(tx, spool, owner, parcelSlices.fresh(tx, spool, size));
        if (number.isPresent()) {
            SpoolTicks.count(tx, spool, number.get(), size);
        }
        return number;
    }

    private Optional<Long> form(Transaction tx, String spool, String owner, List<ParcelSlices.Slice> slices)
            throws SQLException {
        if (slices.isEmpty()) {
            return Optional.empty();
        }
        long number = tx.insert(
                "INSERT INTO spool_batch (spool, lease_owner, lease_until) VALUES (?, ?, ?) RETURNING number",
                spool,
                owner,
                leaseEnd(tx));
        for (ParcelSlices.Slice slice : slices) {
            tx.update("UPDATE spool_parcel SET batch = ?, upto = ? WHERE id = ?", number, slice.upto(), slice.parcel());
        }
        return Optional.of(number);
    }

    private Optional<Batch> load(Transaction tx, long number, String spool, Source source, boolean probe)
            throws SQLException {
        List<Batch.Entry> entries = parcelSlices.load(tx, number);
        if (entries.isEmpty()) {
            tx.update("DELETE FROM spool_batch WHERE number = ?", number);
            return Optional.empty();
        }
        return tx.one(
                "SELECT attempts, tick, part, parts, crashes FROM spool_batch WHERE number = ?",
                row -> new Batch(number, spool, source, probe, row.getInt(1), row.getInt(5), tick(row), entries),
                number);
    }

    private static Tick tick(ResultSet row) throws SQLException {
        long opened = row.getLong(2);
        return row.wasNull() ? null : new Tick(Instant.ofEpochMilli(opened), row.getInt(3), row.getInt(4));
    }

    private long leaseEnd(Transaction tx) throws SQLException {
        return tx.now() + settings.lease().toMillis();
    }

    /**
     * How many items are claimed at once. A failed item is claimed alone.
     *
     * @param fresh items at most that were never handed out
     * @param postponed postponed items at most
     * @param dangerous whether batches that were in flight when a process ended are claimed, too
     */
    record ClaimSize(int fresh, int postponed, boolean dangerous) {
        /** Few: the others have to wait for them. */
        private static final int POSTPONED = 20;

        /** Items that go out one by one, or a few concurrently. */
        static ClaimSize oneByOne(int fresh) {
            return new ClaimSize(fresh, POSTPONED, true);
        }

        /** Items that go out as one list: one that left its list is not put into another one. */
        static ClaimSize list(int fresh) {
            return new ClaimSize(fresh, 1, true);
        }

        ClaimSize dangerous(boolean too) {
            return new ClaimSize(fresh, postponed, too);
        }
    }
}
