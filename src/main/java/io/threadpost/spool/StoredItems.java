package io.threadpost.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** Reads the items of all spools, delivered ones included, as long as {@code threadpost.spool.keep} keeps them. */
@Singleton
public final class StoredItems {
    private static final String COLUMNS =
            "SELECT p.id, p.spool, p.state, p.size, p.mark, c.items, p.created, p.error FROM spool_parcel p"
                    + " JOIN spool_content c ON c.parcel = p.id WHERE ";
    /** A parcel with more content is not visited: reading it would cost more than recent items are worth. */
    private static final int MOST_BYTES = 4 << 20;

    private final Ledger ledger;

    StoredItems(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A parcel.
     *
     * @param items those that were delivered, or that still wait
     */
    public record Parcel(long id, String spool, List<SpoolItem> items) {}

    /**
     * A recent item.
     *
     * @param state waiting, finished, dead or discarded
     * @param stored when it was put into the spool
     * @param error the last error of an item that failed; null without one
     */
    public record RecentItem(String spool, String state, Instant stored, String error, SpoolItem item) {}

    /** @return the number of the newest parcel; 0 when there is none */
    public static long newest(Transaction tx) throws SQLException {
        return tx.number("SELECT MAX(id) FROM spool_parcel");
    }

    /** @return the next parcels by number whose items were delivered, up to the limit */
    public List<Parcel> delivered(long after, long upTo, int most) {
        return ledger.read(tx -> tx.list(
                COLUMNS + "p.id > ? AND p.id <= ? AND p.state = 'finished' ORDER BY p.id LIMIT " + most,
                StoredItems::parcel,
                after,
                upTo));
    }

    /** @return the next parcels of a spool by number whose items wait, up to the limit */
    public List<Parcel> waiting(String spool, long after, long upTo, int most) {
        return ledger.read(tx -> tx.list(
                COLUMNS + "p.id > ? AND p.id <= ? AND p.state = 'waiting' AND p.spool = ? ORDER BY p.id LIMIT " + most,
                StoredItems::parcel,
                after,
                upTo,
                spool));
    }

    /**
     * Visits the first items of each of the newest parcels, the newest parcel first. One parcel at a time is in memory.
     *
     * @param visitor false to stop
     */
    public void visitNewest(int parcels, int itemsOfEach, Predicate<RecentItem> visitor) {
        List<Long> newest = ledger.read(
                tx -> tx.list("SELECT id FROM spool_parcel ORDER BY id DESC LIMIT " + parcels, row -> row.getLong(1)));
        for (long parcel : newest) {
            List<RecentItem> items = ledger.read(tx -> tx.one(
                            COLUMNS + "p.id = ? AND length(c.items) < " + MOST_BYTES,
                            row -> recent(row, itemsOfEach),
                            parcel))
                    .orElse(List.of());
            if (!items.stream().allMatch(visitor)) {
                return;
            }
        }
    }

    private static Parcel parcel(ResultSet row) throws SQLException {
        List<SpoolItem> items = items(row, Integer.MAX_VALUE);
        int mark = Math.min(row.getInt(5), items.size());
        boolean delivered = row.getString(3).equals("finished");
        return new Parcel(row.getLong(1), row.getString(2), delivered ? items : items.subList(mark, items.size()));
    }

    private static List<RecentItem> recent(ResultSet row, int most) throws SQLException {
        List<RecentItem> recent = new ArrayList<>();
        for (SpoolItem item : items(row, most)) {
            boolean delivered = row.getString(3).equals("waiting") && recent.size() < row.getInt(5);
            recent.add(new RecentItem(
                    row.getString(2),
                    delivered ? "finished" : row.getString(3),
                    Instant.ofEpochMilli(row.getLong(7)),
                    row.getString(8),
                    item));
        }
        return recent;
    }

    /** @return empty for a parcel that cannot be read: it hides no other */
    private static List<SpoolItem> items(ResultSet row, int most) throws SQLException {
        try {
            return ItemCodec.decode(row.getBytes(6), Math.min(most, row.getInt(4)));
        } catch (UnreadableParcelException e) {
            return List.of();
        }
    }
}
