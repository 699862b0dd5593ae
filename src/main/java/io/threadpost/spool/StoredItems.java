package io.threadpost.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** Reads what the ledger keeps of delivered items, and what waits in a spool, parcel by parcel. */
@Singleton
public final class StoredItems {
    private static final String COLUMNS =
            "SELECT p.id, p.spool, p.state, p.size, p.mark, c.items FROM spool_parcel p JOIN spool_content c"
                    + " ON c.parcel = p.id";

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

    /** @return the number of the newest parcel; 0 when there is none */
    public static long newest(Transaction tx) throws SQLException {
        return tx.one("SELECT MAX(id) FROM spool_parcel", row -> row.getLong(1)).orElse(0L);
    }

    /** @return the next parcels by number whose items were delivered, at most so many */
    public List<Parcel> delivered(long after, long upTo, int most) {
        return ledger.read(tx -> tx.list(
                COLUMNS + " WHERE p.id > ? AND p.id <= ? AND p.state = 'finished' ORDER BY p.id LIMIT " + most,
                StoredItems::parcel,
                after,
                upTo));
    }

    /** @return the next parcels of a spool by number whose items wait, at most so many */
    public List<Parcel> waiting(String spool, long after, long upTo, int most) {
        return ledger.read(tx -> tx.list(
                COLUMNS + " WHERE p.id > ? AND p.id <= ? AND p.state = 'waiting' AND p.spool = ? ORDER BY p.id LIMIT "
                        + most,
                StoredItems::parcel,
                after,
                upTo,
                spool));
    }

    private static Parcel parcel(ResultSet row) throws SQLException {
        boolean delivered = row.getString(3).equals("finished");
        List<SpoolItem> items;
        try {
            items = ItemCodec.decode(row.getBytes(6), row.getInt(4));
        } catch (UnreadableParcelException e) {
            items = List.of();
        }
        int mark = Math.min(row.getInt(5), items.size());
        return new Parcel(row.getLong(1), row.getString(2), delivered ? items : items.subList(mark, items.size()));
    }
}
