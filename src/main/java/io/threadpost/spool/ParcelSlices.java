package io.threadpost.spool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jboss.logging.Logger;

import io.threadpost.ledger.Transaction;
import io.threadpost.retry.FailureReason;

/** What batches are made of: slices of parcels, and the items in them. */
final class ParcelSlices {
    private static final Logger LOG = Logger.getLogger(ParcelSlices.class);
    /** Parcels that make a batch large enough. */
    private static final int PARCELS = 1000;
    /** Bytes of parcels that make a batch large enough, whatever its size should be: mails may have 25 MB each. */
    private static final long BYTES = 32 << 20;

    /**
     * @return the single item that is due longest; when it was postponed, with other postponed ones, at most so many in
     *     all; {@code dangerous}: whether it may have ended a process
     */
    List<Slice> alone(Transaction tx, String spool, int postponed, boolean dangerous) throws SQLException {
        List<Alone> due = tx.list(
                "SELECT id, failures FROM spool_parcel WHERE spool = ? AND state = 'waiting' AND upto IS NULL AND "
                        + "alone AND due <= ?"
                        + " AND (crashes = 0 OR ?) ORDER BY due, id LIMIT ? "
                        + tx.dialect().claiming(),
                row -> new Alone(row.getLong(1), row.getInt(2) > 0),
                spool,
                tx.now(),
                dangerous,
                postponed);
        return due.stream()
                .limit(due.isEmpty() || due.get(0).failed() ? 1 : postponed)
                .filter(item -> item == due.get(0) || !item.failed())
                .map(item -> new Slice(item.parcel(), 1))
                .toList();
    }

    /** @return the oldest items that were never handed out, up to the limit */
    List<Slice> fresh(Transaction tx, String spool, int size) throws SQLException {
        List<Slice> slices = new ArrayList<>();
        int items = size;
        long bytes = BYTES;
        long last = 0;
        // Few rows first, one is mostly enough: rows that are read are locked, and skipped by other nodes.
        for (int rows = 2; items > 0 && bytes > 0 && slices.size() < PARCELS; rows *= 2) {
            List<Waiting> found = waiting(tx, spool, last, rows);
            for (Waiting parcel : found) {
                if (items > 0 && bytes > 0) {
                    int taken = Math.min(items, parcel.size() - parcel.mark());
                    slices.add(new Slice(parcel.id(), parcel.mark() + taken));
                    items -= taken;
                    bytes -= parcel.bytes();
                }
                last = parcel.id();
            }
            if (found.size() < rows) {
                break;
            }
        }
        return slices;
    }

    private static List<Waiting> waiting(Transaction tx, String spool, long after, int rows) throws SQLException {
        return tx.list(
                "SELECT id, mark, size, (SELECT length(items) FROM spool_content WHERE parcel = id) FROM spool_parcel"
                        + " WHERE spool = ? AND state = 'waiting' AND upto IS NULL AND NOT alone AND id > ? AND id <= "
                        + SpoolTicks.REACH + " ORDER BY id LIMIT " + rows + " "
                        + tx.dialect().claiming(),
                row -> new Waiting(row.getLong(1), row.getInt(2), row.getInt(3), row.getLong(4)),
                spool,
                after,
                spool);
    }

    /** @return the items of a batch, without those of an unreadable parcel, which is dead from now on */
    List<Batch.Entry> load(Transaction tx, long batch) throws SQLException {
        List<Batch.Entry> entries = new ArrayList<>();
        Map<Long, String> unreadable = new HashMap<>();
        tx.list(
                "SELECT p.id, p.mark, p.upto, p.size, p.alone, p.attempts, p.failures, p.crashes, c.items FROM "
                        + "spool_parcel p"
                        + " JOIN spool_content c ON c.parcel = p.id WHERE p.batch = ? AND p.upto IS NOT NULL "
                        + "ORDER BY p.id",
                row -> {
                    long parcel = row.getLong(1);
                    boolean alone = row.getBoolean(5);
                    int attempts = row.getInt(6);
                    int failures = row.getInt(7);
                    int crashes = row.getInt(8);
                    try {
                        List<SpoolItem> items = ItemCodec.decode(row.getBytes(9), row.getInt(4));
                        for (int ordinal = row.getInt(2); ordinal < row.getInt(3); ordinal++) {
                            entries.add(new Batch.Entry(
                                    parcel, ordinal, alone, attempts, failures, crashes, items.get(ordinal)));
                        }
                    } catch (UnreadableParcelException e) {
                        unreadable.put(parcel, FailureReason.of(e));
                    }
                    return null;
                },
                batch);
        for (Map.Entry<Long, String> parcel : unreadable.entrySet()) {
            LOG.errorf("parcel %d is dead: %s", parcel.getKey(), parcel.getValue());
            tx.update(
                    "UPDATE spool_parcel SET state = 'dead', failures = failures + 1, failed = ?, error = ?, upto "
                            + "= NULL"
                            + " WHERE id = ?",
                    tx.now(),
                    tx.redacted(parcel.getValue()),
                    parcel.getKey());
        }
        return entries;
    }

    /** The part of a parcel that a batch takes: up to (exclusive) that item. */
    record Slice(long parcel, int upto) {}

    private record Alone(long parcel, boolean failed) {}

    private record Waiting(long id, int mark, int size, long bytes) {}
}
