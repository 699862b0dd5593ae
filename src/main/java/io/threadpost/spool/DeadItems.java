package io.threadpost.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/**
 * Dead items, and the actions of an operator on them. Replaying or discarding an item that is no longer dead changes
 * nothing, so each action can be repeated.
 */
@Singleton
public final class DeadItems {
    /** Items changed in one transaction: few enough to let other writers in. */
    private static final int CHUNK = 1000;

    private static final int LISTED = 500;

    private static final String COLUMNS =
            "SELECT id, spool, item_key, connection, error, failures, created, failed, size - mark,"
                    + " (SELECT length(items) FROM spool_content WHERE parcel = id) FROM spool_parcel WHERE state "
                    + "= 'dead'";

    private final Ledger ledger;
    private final Spools spools;

    DeadItems(Ledger ledger, Spools spools) {
        this.ledger = ledger;
        this.spools = spools;
    }

    /**
     * A dead item.
     *
     * @param id its number, never used for another
     * @param key identifies its effect; null for an unreadable parcel
     * @param connection the connection (hotel) it belongs to; null if none
     * @param reason the last error, one line for people
     * @param attempts failed tries since it was put into the spool, or replayed; 0 for one that was never tried
     * @param first when it failed first
     * @param last when it failed last
     * @param items 1, or how many a parcel holds that cannot be read
     * @param bytes size of its content
     */
    public record Dead(
            long id,
            String spool,
            String key,
            String connection,
            String reason,
            int attempts,
            Instant first,
            Instant last,
            int items,
            long bytes) {}

    /**
     * Selects dead items that match all given criteria.
     *
     * @param spool its name; null for all spools
     * @param id one item; null for all
     * @param key items with that key; null for all
     */
    public record Selection(String spool, Long id, String key) {
        private String condition() {
            return (spool == null ? "" : " AND spool = ?")
                    + (id == null ? "" : " AND id = ?")
                    + (key == null ? "" : " AND item_key = ?");
        }

        private List<Object> parameters() {
            List<Object> parameters = new ArrayList<>(4);
            for (Object given : new Object[] {spool, id, key}) {
                if (given != null) {
                    parameters.add(given);
                }
            }
            return parameters;
        }
    }

    /** @return the dead items of a selection, oldest first, after that id and up to the limit */
    public List<Dead> list(Selection selection, long after, int limit) {
        return ledger.read(tx -> page(tx, selection, COLUMNS, DeadItems::dead, after, limit));
    }

    /** Passes on all dead items of a spool, a page at a time, oldest first, until the thread is interrupted. */
    public void forEachPage(String spool, Consumer<List<Dead>> action) {
        Selection all = new Selection(spool, null, null);
        List<Dead> page = list(all, 0, LISTED);
        while (!page.isEmpty() && !Thread.currentThread().isInterrupted()) {
            action.accept(page);
            page = list(all, page.get(page.size() - 1).id(), LISTED);
        }
    }

    /** @return whether an item of a spool with that key is dead */
    public boolean isDead(String spool, String key) {
        return !list(new Selection(spool, null, key), 0, 1).isEmpty();
    }

    /**
     * Reads the content of a dead item.
     *
     * @return its content; empty when there is no such dead item, or its bytes cannot be read
     */
    public Optional<SpoolItem> content(long id) {
        return ledger.read(tx -> tx.one(
                        "SELECT c.items, p.size, p.mark FROM spool_content c JOIN spool_parcel p ON p.id = c.parcel"
                                + " WHERE p.id = ? AND p.state = 'dead'",
                        row -> item(row.getBytes(1), row.getInt(2), row.getInt(3)),
                        id)
                .orElse(Optional.empty()));
    }

    /**
     * @param spool null for all spools
     * @return the state of the item: waiting, finished, dead or discarded; empty when there is no such item
     */
    public Optional<String> state(String spool, long id) {
        Selection selection = new Selection(spool, id, null);
        return ledger.read(tx -> tx.one(
                "SELECT state FROM spool_parcel WHERE TRUE" + selection.condition(),
                row -> row.getString(1),
                selection.parameters().toArray()));
    }

    /**
     * Returns dead items to their spools, due at once and with all attempts.
     *
     * @return how many
     */
    public int replay(Selection selection) {
        return each(
                selection,
                "UPDATE spool_parcel SET state = 'waiting', attempts = 0, failures = 0, crashes = 0, suspect = "
                        + "FALSE, due = ?"
                        + " WHERE id = ? AND state = 'dead'");
    }

    /**
     * Discards dead items; they are kept for {@code threadpost.spool.keep} like delivered ones.
     *
     * @return how many
     */
    public int discard(Selection selection) {
        return each(
                selection, "UPDATE spool_parcel SET state = 'discarded', finished = ? WHERE id = ? AND state = 'dead'");
    }

    /** Goes through the ids once, so that what dies again meanwhile is not taken twice. */
    private int each(Selection selection, String update) {
        int changed = 0;
        long after = 0;
        Chunk chunk;
        do {
            long from = after;
            chunk = ledger.write(tx -> chunk(tx, selection, update, from));
            spools.wake(chunk.spools());
            changed += chunk.changed();
            after = chunk.last();
        } while (chunk.full());
        return changed;
    }

    private Chunk chunk(Transaction tx, Selection selection, String update, long after) throws SQLException {
        Set<String> touched = new TreeSet<>();
        List<Object[]> rows = page(
                tx,
                selection,
                "SELECT id, spool FROM spool_parcel WHERE state = 'dead'",
                row -> {
                    touched.add(row.getString(2));
                    return new Object[] {tx.now(), row.getLong(1)};
                },
                after,
                CHUNK);
        int changed = 0;
        for (int count : tx.batch(update, rows)) {
            changed += count;
        }
        long last = rows.isEmpty() ? after : (Long) rows.get(rows.size() - 1)[1];
        return new Chunk(changed, last, rows.size() == CHUNK, touched);
    }

    private static <T> List<T> page(
            Transaction tx, Selection selection, String select, Transaction.Row<T> row, long after, int limit)
            throws SQLException {
        List<Object> parameters = selection.parameters();
        parameters.add(after);
        return tx.list(
                select + selection.condition() + " AND id > ? ORDER BY id LIMIT " + limit, row, parameters.toArray());
    }

    private static Dead dead(ResultSet row) throws SQLException {
        Instant first = Instant.ofEpochMilli(row.getLong(7));
        long last = row.getLong(8);
        return new Dead(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                first,
                last == 0 ? first : Instant.ofEpochMilli(last),
                row.getInt(9),
                row.getLong(10));
    }

    private static Optional<SpoolItem> item(byte[] bytes, int size, int mark) {
        try {
            return Optional.of(ItemCodec.decode(bytes, size).get(mark));
        } catch (UnreadableParcelException e) {
            return Optional.empty();
        }
    }

    private record Chunk(int changed, long last, boolean full, Set<String> spools) {}
}
