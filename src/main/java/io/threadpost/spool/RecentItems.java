package io.threadpost.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;

/** The newest items of all spools, delivered ones included, as long as {@code threadpost.spool.keep} keeps them. */
@Singleton
public final class RecentItems {
    /** A parcel with more content is not read: it would cost more than a look at recent items is worth. */
    private static final int MOST_BYTES = 4 << 20;

    private static final String SELECT =
            "SELECT p.spool, p.state, p.created, p.error, p.size, p.mark, c.items FROM spool_parcel p"
                    + " JOIN spool_content c ON c.parcel = p.id WHERE p.id = ? AND length(c.items) < " + MOST_BYTES;

    private final Ledger ledger;

    RecentItems(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * An item.
     *
     * @param state waiting, finished, dead or discarded
     * @param stored when it was put into the spool
     * @param error the last error of an item that failed; null without one
     */
    public record RecentItem(String spool, String state, Instant stored, String error, SpoolItem item) {}

    /**
     * Visits the items of the newest parcels, at most so many of each parcel, the newest parcel first. One parcel at a
     * time is in memory.
     *
     * @param visitor false to stop
     */
    public void visit(int parcels, int itemsOfEach, Predicate<RecentItem> visitor) {
        List<Long> newest = ledger.read(
                tx -> tx.list("SELECT id FROM spool_parcel ORDER BY id DESC LIMIT " + parcels, row -> row.getLong(1)));
        for (long parcel : newest) {
            List<RecentItem> items = ledger.read(tx -> tx.one(SELECT, row -> items(row, itemsOfEach), parcel))
                    .orElse(List.of());
            if (!items.stream().allMatch(visitor)) {
                return;
            }
        }
    }

    private static List<RecentItem> items(ResultSet row, int most) throws SQLException {
        String state = row.getString(2);
        int mark = row.getInt(6);
        List<SpoolItem> contents;
        try {
            contents = ItemCodec.decode(row.getBytes(7), Math.min(most, row.getInt(5)));
        } catch (UnreadableParcelException e) {
            return List.of();
        }
        List<RecentItem> items = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            items.add(new RecentItem(
                    row.getString(1),
                    state.equals("waiting") && i < mark ? "finished" : state,
                    Instant.ofEpochMilli(row.getLong(3)),
                    row.getString(4),
                    contents.get(i)));
        }
        return items;
    }
}
