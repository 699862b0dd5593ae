package io.threadpost.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import io.threadpost.journey.Deliveries;
import io.threadpost.journey.ItemPlace;
import io.threadpost.journey.JourneyRecorder;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/**
 * The contents of all spools, whatever the state of their items: reads them, and removes or replaces single items.
 * Parcels in flight are left alone, since a worker has their items in memory and counts their positions.
 */
@Singleton
public final class SpoolContents {
    private static final String COLUMNS =
            "SELECT p.id, p.spool, p.state, p.size, p.mark, p.upto, p.batch, p.created, c.items"
                    + " FROM spool_parcel p JOIN spool_content c ON c.parcel = p.id";

    private final Ledger ledger;
    private final JourneyRecorder journeys;

    SpoolContents(Ledger ledger, JourneyRecorder journeys) {
        this.ledger = ledger;
        this.journeys = journeys;
    }

    /**
     * An item and where it is.
     *
     * @param state waiting, finished, dead or discarded
     * @param created when it was put into the spool, milliseconds since the epoch
     */
    public record Stored(long parcel, String spool, String state, long created, SpoolItem item) {}

    /** Edits items. It may be asked about the same item again, and must then decide the same. */
    @FunctionalInterface
    public interface Editor {
        /** @return the same item to leave it, null to remove it, another one to replace it */
        SpoolItem edit(Stored stored);
    }

    /**
     * The result of editing.
     *
     * @param inFlight items that were to be removed or replaced, but are in flight
     * @param unreadable parcels that cannot be read, so that nobody knows what they hold
     */
    public record Edited(int removed, int replaced, int inFlight, int unreadable) {}

    /** @return parcels that cannot be read */
    public int read(Consumer<Stored> reader) {
        return edit(stored -> {
                    reader.accept(stored);
                    return stored.item();
                })
                .unreadable();
    }

    /** Goes through all spools once; each parcel is one transaction. */
    public Edited edit(Editor editor) {
        int removed = 0;
        int replaced = 0;
        int inFlight = 0;
        int unreadable = 0;
        // New parcels have larger numbers, so an item that gets its own parcel meanwhile is met again.
        for (Optional<Parcel> next = next(0);
                next.isPresent();
                next = next(next.get().id())) {
            Parcel parcel = next.get();
            try {
                Edit found = parcel.edited(editor);
                if (found.changes() == 0) {
                    continue;
                }
                Optional<Edit> done = ledger.write(tx -> edit(tx, parcel, editor));
                inFlight += done.isEmpty() ? found.changes() : 0;
                removed += done.map(edit -> edit.gone().size()).orElse(0);
                replaced += done.map(Edit::replaced).orElse(0);
            } catch (UnreadableParcelException e) {
                unreadable++;
            }
        }
        return new Edited(removed, replaced, inFlight, unreadable);
    }

    private Optional<Parcel> next(long after) {
        return ledger.read(
                tx -> tx.one(COLUMNS + " WHERE p.id > ? ORDER BY p.id LIMIT 1", SpoolContents::parcel, after));
    }

    /** @return empty when the parcel is in flight */
    private Optional<Edit> edit(Transaction tx, Parcel before, Editor editor) throws SQLException {
        // A claim locks the batch first, too.
        if (before.upto() != null && isLeased(tx, before.batch())) {
            return Optional.empty();
        }
        Optional<Parcel> locked = tx.one(
                COLUMNS + " WHERE p.id = ?" + (tx.dialect().shared() ? " FOR UPDATE" : ""),
                SpoolContents::parcel,
                before.id());
        if (locked.isEmpty()) {
            return Optional.of(new Edit(List.of(), List.of(), 0, 0, null));
        }
        Parcel parcel = locked.get();
        if (parcel.upto() != null && (before.upto() == null || parcel.batch() != before.batch())) {
            return Optional.empty();
        }
        Edit edit = parcel.edited(editor);
        if (edit.changes() > 0) {
            write(tx, parcel, edit);
        }
        return Optional.of(edit);
    }

    private static boolean isLeased(Transaction tx, long batch) throws SQLException {
        return tx.one(
                        "SELECT lease_owner, lease_until FROM spool_batch WHERE number = ?"
                                + (tx.dialect().shared() ? " FOR UPDATE" : ""),
                        row -> row.getString(1) != null && row.getLong(2) > tx.now(),
                        batch)
                .orElse(false);
    }

    private void write(Transaction tx, Parcel parcel, Edit edit) throws SQLException {
        if (parcel.upto() != null) {
            // Its lease has expired, but its worker may still run: it must not settle places that have changed.
            tx.update(
                    "UPDATE spool_batch SET lease_owner = 'none' WHERE number = ? AND lease_owner IS NOT NULL",
                    parcel.batch());
        }
        int size = edit.items().size();
        if (size == 0) {
            tx.update("DELETE FROM spool_content WHERE parcel = ?", parcel.id());
            tx.update("DELETE FROM spool_parcel WHERE id = ?", parcel.id());
        } else {
            tx.update(
                    "UPDATE spool_content SET items = ? WHERE parcel = ?", ItemCodec.encode(edit.items()), parcel.id());
            boolean finished = parcel.state().equals("waiting") && edit.mark() == size;
            tx.update(
                    "UPDATE spool_parcel SET size = ?, mark = ?, upto = ?, state = ?,"
                            + " finished = CASE WHEN ? THEN ? ELSE finished END WHERE id = ?",
                    size,
                    edit.mark(),
                    edit.upto(),
                    finished ? "finished" : parcel.state(),
                    finished,
                    tx.now(),
                    parcel.id());
            if (!edit.gone().isEmpty()) {
                // The items after them have other places from now on, by which journeys find them.
                Deliveries erased = new Deliveries(parcel.spool(), 0);
                erased.add(Deliveries.Part.erased(edit.gone().stream()
                        .map(ordinal -> new ItemPlace(parcel.id(), ordinal))
                        .toList()));
                journeys.record(tx, erased);
            }
        }
        if (parcel.upto() != null) {
            tx.update(
                    "DELETE FROM spool_batch WHERE number = ? AND NOT EXISTS"
                            + " (SELECT 1 FROM spool_parcel WHERE batch = ? AND upto IS NOT NULL)",
                    parcel.batch(),
                    parcel.batch());
        }
    }

    private static Parcel parcel(ResultSet row) throws SQLException {
        int upto = row.getInt(6);
        boolean inBatch = !row.wasNull();
        return new Parcel(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getInt(5),
                inBatch ? upto : null,
                row.getLong(7),
                row.getLong(8),
                row.getBytes(9));
    }

    /** @param upto null when it is in no batch */
    private record Parcel(
            long id,
            String spool,
            String state,
            int size,
            int mark,
            Integer upto,
            long batch,
            long created,
            byte[] bytes) {
        Edit edited(Editor editor) {
            List<SpoolItem> items = ItemCodec.decode(bytes, size);
            List<SpoolItem> kept = new ArrayList<>(size);
            List<Integer> gone = new ArrayList<>();
            int replaced = 0;
            int keptMark = mark;
            Integer keptUpto = upto;
            for (int i = 0; i < size; i++) {
                SpoolItem item = items.get(i);
                boolean passed = state.equals("waiting") && i < mark;
                SpoolItem edited = editor.edit(new Stored(id, spool, passed ? "finished" : state, created, item));
                if (edited == null) {
                    gone.add(i);
                    keptMark -= i < mark ? 1 : 0;
                    keptUpto = keptUpto != null && i < upto ? Integer.valueOf(keptUpto - 1) : keptUpto;
                } else {
                    kept.add(edited);
                    replaced += edited == item ? 0 : 1;
                }
            }
            boolean none = keptUpto != null && keptUpto <= keptMark;
            return new Edit(kept, gone, replaced, keptMark, none ? null : keptUpto);
        }
    }

    /** @param gone the places of the items that are removed */
    private record Edit(List<SpoolItem> items, List<Integer> gone, int replaced, int mark, Integer upto) {
        int changes() {
            return gone.size() + replaced;
        }
    }
}
