package io.threadpost.spool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.retry.Backoff;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SpoolSettings;

/** The way out of the spools: batches are claimed, settled and given back, each conditional on the lease. */
@Singleton
final class Batches {
    /** Parcels looked at to form one batch: a bound on memory and time, not on what is delivered. */
    private static final int PARCELS = 256;

    private static final String HELD = "number = ? AND lease_owner = ?";

    private final Ledger ledger;
    private final SpoolSettings settings;
    private final Backoff backoff;

    Batches(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.settings = settings.spool();
        this.backoff = new Backoff(this.settings.backoff(), this.settings.backoffMax());
    }

    /**
     * Claims the oldest unfinished batch that is due, or forms a new one.
     *
     * @param size items in a new batch at most
     * @param failedFirst whether an item that failed before goes ahead of fresh ones, if both wait
     */
    Optional<Batch> claim(String spool, String owner, int size, boolean failedFirst) {
        // Looking takes no lock; a write transaction is worth it only when there is something.
        boolean something = ledger.read(tx -> Pauses.until(tx, spool) <= tx.now()
                && tx.one(
                                "SELECT 1 WHERE EXISTS (SELECT 1 FROM spool_batch WHERE spool = ? AND due <= ?"
                                        + " AND (lease_owner IS NULL OR lease_until <= ?)) OR EXISTS"
                                        + " (SELECT 1 FROM spool_parcel WHERE spool = ? AND state = 'waiting'"
                                        + " AND upto IS NULL AND NOT alone) OR EXISTS (SELECT 1 FROM spool_parcel"
                                        + " WHERE spool = ? AND state = 'waiting' AND upto IS NULL AND alone AND due <= ?)",
                                row -> 1,
                                spool,
                                tx.now(),
                                tx.now(),
                                spool,
                                spool,
                                tx.now())
                        .isPresent());
        return something ? ledger.write(tx -> claim(tx, spool, owner, size, failedFirst)) : Optional.empty();
    }

    /**
     * Settles the first entries of a batch, and claims the next one in the same transaction.
     *
     * @param more whether a next batch is wanted
     * @return the next batch, if it is wanted and there
     * @throws LeaseLostException when the batch is no longer ours; nothing was changed
     */
    Optional<Batch> settleAndClaim(
            Batch batch, Settlement settlement, boolean more, String owner, int size, boolean failedFirst) {
        return ledger.write(tx -> {
            settle(tx, batch, settlement, owner);
            return more ? claim(tx, batch.spool(), owner, size, failedFirst) : Optional.<Batch>empty();
        });
    }

    /** Gives back a batch that failed as a whole. @param counted whether the failure is the batch's own */
    void giveBack(Batch batch, String owner, boolean counted, String error) {
        ledger.write(tx -> {
            long due = counted ? tx.now() + backoff.millis(batch.attempts() + 1) : 0;
            int rows = tx.update(
                    "UPDATE spool_batch SET lease_owner = NULL, attempts = attempts + ?, due = ?, error = ? WHERE "
                            + HELD,
                    counted ? 1 : 0,
                    due,
                    error,
                    batch.number(),
                    owner);
            return require(rows, batch);
        });
    }

    /** @return false when the batch is no longer ours */
    boolean renew(Batch batch, String owner) {
        return ledger.write(tx -> tx.update(
                        "UPDATE spool_batch SET lease_until = ? WHERE " + HELD, leaseEnd(tx), batch.number(), owner))
                == 1;
    }

    private Optional<Batch> claim(Transaction tx, String spool, String owner, int size, boolean failedFirst)
            throws SQLException {
        if (Pauses.until(tx, spool) > tx.now()) {
            return Optional.empty();
        }
        Optional<Long> unfinished = tx.one(
                "SELECT number FROM spool_batch WHERE spool = ? AND due <= ? AND (lease_owner IS NULL OR lease_until <= ?)"
                        + " ORDER BY number LIMIT 1 " + tx.dialect().claiming(),
                row -> row.getLong(1),
                spool,
                tx.now(),
                tx.now());
        if (unfinished.isPresent()) {
            tx.update(
                    "UPDATE spool_batch SET lease_owner = ?, lease_until = ? WHERE number = ?",
                    owner,
                    leaseEnd(tx),
                    unfinished.get());
            return Optional.of(load(tx, unfinished.get(), spool));
        }
        List<Slice> slices = failedFirst ? failed(tx, spool) : fresh(tx, spool, size);
        if (slices.isEmpty()) {
            slices = failedFirst ? fresh(tx, spool, size) : failed(tx, spool);
        }
        return slices.isEmpty() ? Optional.empty() : Optional.of(form(tx, spool, owner, slices));
    }

    private Batch form(Transaction tx, String spool, String owner, List<Slice> slices) throws SQLException {
        long number = tx.insert(
                "INSERT INTO spool_batch (spool, lease_owner, lease_until) VALUES (?, ?, ?) RETURNING number",
                spool,
                owner,
                leaseEnd(tx));
        for (Slice slice : slices) {
            tx.update("UPDATE spool_parcel SET batch = ?, upto = ? WHERE id = ?", number, slice.upto(), slice.parcel());
        }
        return load(tx, number, spool);
    }

    private static List<Slice> failed(Transaction tx, String spool) throws SQLException {
        return tx.list(
                "SELECT id FROM spool_parcel WHERE spool = ? AND state = 'waiting' AND upto IS NULL AND alone AND due <= ?"
                        + " ORDER BY due LIMIT 1 " + tx.dialect().claiming(),
                row -> new Slice(row.getLong(1), 1),
                spool,
                tx.now());
    }

    private static List<Slice> fresh(Transaction tx, String spool, int size) throws SQLException {
        List<Slice> slices = new ArrayList<>();
        int[] room = {size};
        tx.list(
                "SELECT id, mark, size FROM spool_parcel WHERE spool = ? AND state = 'waiting' AND upto IS NULL"
                        + " AND NOT alone ORDER BY id LIMIT " + Math.min(size, PARCELS) + " "
                        + tx.dialect().claiming(),
                row -> {
                    int mark = row.getInt(2);
                    int taken = Math.min(room[0], row.getInt(3) - mark);
                    if (taken > 0) {
                        room[0] -= taken;
                        slices.add(new Slice(row.getLong(1), mark + taken));
                    }
                    return taken;
                },
                spool);
        return slices;
    }

    private static Batch load(Transaction tx, long number, String spool) throws SQLException {
        List<Batch.Entry> entries = new ArrayList<>();
        tx.list(
                "SELECT p.id, p.mark, p.upto, p.size, p.alone, p.attempts, c.items FROM spool_parcel p"
                        + " JOIN spool_content c ON c.parcel = p.id WHERE p.batch = ? AND p.upto IS NOT NULL ORDER BY p.id",
                row -> {
                    int size = row.getInt(4);
                    List<Item> items = ItemCodec.decode(row.getBytes(7), size);
                    for (int ordinal = row.getInt(2); ordinal < row.getInt(3); ordinal++) {
                        entries.add(new Batch.Entry(
                                row.getLong(1), ordinal, size, row.getBoolean(5), row.getInt(6), items.get(ordinal)));
                    }
                    return null;
                },
                number);
        int attempts = tx.one("SELECT attempts FROM spool_batch WHERE number = ?", row -> row.getInt(1), number)
                .orElse(0);
        return new Batch(number, spool, attempts, entries);
    }

    private void settle(Transaction tx, Batch batch, Settlement settlement, String owner) throws SQLException {
        boolean whole = settlement.settled() == batch.entries().size();
        String change = whole ? "DELETE FROM spool_batch" : "UPDATE spool_batch SET lease_owner = NULL";
        require(tx.update(change + " WHERE " + HELD, batch.number(), owner), batch);
        Map<Long, Integer> marks = settlement.marks(batch);
        for (Map.Entry<Long, Integer> mark : marks.entrySet()) {
            leave(tx, mark.getKey(), mark.getValue(), whole);
        }
        for (Settlement.Failure failure : settlement.failures()) {
            fail(tx, batch.spool(), failure);
        }
        settlement.deliver(tx);
    }

    /** Items up to the mark have left the parcel; the last one finishes it. */
    private void leave(Transaction tx, long parcel, int mark, boolean batchEnds) throws SQLException {
        if (settings.keep().isZero()
                && tx.update("DELETE FROM spool_parcel WHERE id = ? AND size = ?", parcel, mark) == 1) {
            tx.update("DELETE FROM spool_content WHERE parcel = ?", parcel);
            return;
        }
        tx.update(
                "UPDATE spool_parcel SET mark = ?, state = CASE WHEN size = ? THEN 'finished' ELSE state END,"
                        + " finished = CASE WHEN size = ? THEN ? ELSE finished END,"
                        + " upto = CASE WHEN size = ? OR ? THEN NULL ELSE upto END WHERE id = ?",
                mark,
                mark,
                mark,
                tx.now(),
                mark,
                batchEnds,
                parcel);
    }

    private void fail(Transaction tx, String spool, Settlement.Failure failure) throws SQLException {
        Batch.Entry entry = failure.entry();
        int attempts = entry.attempts() + (failure.counted() ? 1 : 0);
        boolean dead = failure.hopeless() || attempts >= settings.attempts();
        long due = tx.now() + (failure.error() == null ? 0 : backoff.millis(Math.max(1, attempts)));
        String state = dead ? "dead" : "waiting";
        if (entry.alone()) {
            tx.update(
                    "UPDATE spool_parcel SET mark = 0, state = ?, attempts = ?, due = ?, error = ?, upto = NULL,"
                            + " finished = NULL WHERE id = ?",
                    state,
                    attempts,
                    due,
                    failure.error(),
                    entry.parcel());
        } else {
            Spools.alone(tx, spool, entry.item(), state, attempts, due, failure.error());
        }
    }

    private long leaseEnd(Transaction tx) throws SQLException {
        return tx.now() + settings.lease().toMillis();
    }

    private static int require(int rows, Batch batch) {
        if (rows != 1) {
            throw new LeaseLostException(batch.toString());
        }
        return rows;
    }

    /** The part of a parcel that a batch takes: up to (exclusive) that item. */
    private record Slice(long parcel, int upto) {}
}
