package io.threadpost.redelivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.PulledVersions;
import io.threadpost.pull.UtcNanos;
import io.threadpost.spool.StoredItems;

/** The re-deliveries: begun, shown, paused, resumed and cancelled by an operator. */
@Singleton
public final class Redeliveries {
    static final String COLUMNS =
            "SELECT id, connection, spool, through, start_ns, end_ns, state, phase, parcel, last_parcel, reached_ns,"
                    + " ids, left_ids, from_ledger, from_platform, held_back, failed, requested, finished, error"
                    + " FROM redelivery ";

    private final Ledger ledger;
    private final PulledVersions pulled;

    Redeliveries(Ledger ledger, PulledVersions pulled) {
        this.ledger = ledger;
        this.pulled = pulled;
    }

    /**
     * A re-delivery and how far it is.
     *
     * @param through the endpoint whose route decides which threads go; null: all do
     * @param from null when threads are named by their ids
     * @param to null when threads are named by their ids
     * @param ids how many ids were named
     * @param state running, paused, cancelled or finished
     * @param phase ledger or platform: where threads are taken from now
     * @param share how much of that was searched, from 0 to 1
     * @param fromLedger versions delivered that the ledger still had
     * @param fromPlatform versions delivered that the platform returned
     * @param heldBack versions that the route did not send to the spool
     * @param failed versions that the route failed on, which are dead in the spool
     * @param finished null before
     * @param error the last failure while it waits for the next try; null when there is none
     */
    public record Redelivery(
            long id,
            String connection,
            String spool,
            String through,
            Instant from,
            Instant to,
            long ids,
            String state,
            String phase,
            double share,
            long fromLedger,
            long fromPlatform,
            long heldBack,
            long failed,
            Instant requested,
            Instant finished,
            String error) {
        /** @return how far it is, in one line */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "re-delivery %d to spool %s of %s is %s: %.1f %% of the %s searched, %d threads delivered again (%d"
                            + " from the ledger), %d held back, %d failed",
                    id,
                    spool,
                    from == null ? ids + " threads" : from + " to " + to,
                    state,
                    100 * share,
                    phase,
                    fromLedger + fromPlatform,
                    fromLedger,
                    heldBack,
                    failed);
        }
    }

    /**
     * Begins one for the threads of an interval that were pulled. What windows still have to bring is routed by then.
     *
     * @param through as in {@link Redelivery}
     * @param to what is newer is left to the pull, so not later than the pull has come
     */
    public Redelivery begin(String connection, String spool, String through, Instant from, Instant to) {
        return begin(connection, spool, through, UtcNanos.nanos(from), UtcNanos.nanos(to), List.of());
    }

    /** Begins one for these threads, any number; versions that are pulled later are routed by then. */
    public Redelivery begin(String connection, String spool, String through, List<String> ids) {
        return begin(connection, spool, through, null, null, List.copyOf(new LinkedHashSet<>(ids)));
    }

    private Redelivery begin(String connection, String spool, String through, Long start, Long end, List<String> ids) {
        long id = ledger.write(tx -> {
            PulledVersions.Mark mark = pulled.mark(tx, connection);
            long begun = tx.insert(
                    "INSERT INTO redelivery (connection, spool, through, start_ns, end_ns, state, phase, last_parcel,"
                            + " reached_ns, ids, left_ids, requested, gaps, last_page) VALUES (?, ?, ?, ?, ?,"
                            + " 'running', 'ledger', ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                    connection,
                    spool,
                    through,
                    start,
                    end,
                    StoredItems.newest(tx),
                    end,
                    ids.size(),
                    ids.size(),
                    tx.now(),
                    mark.gaps(),
                    mark.page());
            tx.batch(
                    "INSERT INTO redelivery_thread (redelivery, thread) VALUES (?, ?)",
                    ids.stream().map(thread -> new Object[] {begun, thread}).toList());
            return begun;
        });
        return one(id).orElseThrow();
    }

    /** @return the newest first */
    public List<Redelivery> list() {
        return ledger.read(tx -> tx.list(COLUMNS + "ORDER BY id DESC", Redeliveries::redelivery));
    }

    public Optional<Redelivery> one(long id) {
        return ledger.read(tx -> tx.one(COLUMNS + "WHERE id = ?", Redeliveries::redelivery, id));
    }

    /** @return whether it was running */
    public boolean pause(long id) {
        return ledger.write(tx -> state(tx, id, "running", "paused"));
    }

    /** @return whether it was paused */
    public boolean resume(long id) {
        return ledger.write(tx -> state(tx, id, "paused", "running"));
    }

    /** @return whether it was running or paused; what was delivered stays delivered */
    public boolean cancel(long id) {
        return ledger.write(tx -> {
            boolean cancelled = state(tx, id, "running", "cancelled") || state(tx, id, "paused", "cancelled");
            if (cancelled) {
                forget(tx, id);
            }
            return cancelled;
        });
    }

    static void forget(Transaction tx, long id) throws SQLException {
        tx.update("DELETE FROM redelivery_item WHERE redelivery = ?", id);
        tx.update("DELETE FROM redelivery_thread WHERE redelivery = ?", id);
    }

    private static boolean state(Transaction tx, long id, String from, String to) throws SQLException {
        return tx.update(
                        "UPDATE redelivery SET state = ?, lease_owner = NULL, due = 0, failures = 0 WHERE id = ?"
                                + " AND state = ?",
                        to,
                        id,
                        from)
                == 1;
    }

    private static Redelivery redelivery(ResultSet row) throws SQLException {
        long start = row.getLong(5);
        boolean byIds = row.wasNull();
        long end = row.getLong(6);
        return new Redelivery(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                byIds ? null : UtcNanos.instant(start),
                byIds ? null : UtcNanos.instant(end),
                row.getLong(12),
                row.getString(7),
                row.getString(8),
                share(row, byIds, start, end),
                row.getLong(14),
                row.getLong(15),
                row.getLong(16),
                row.getLong(17),
                Instant.ofEpochMilli(row.getLong(18)),
                row.getLong(19) == 0 ? null : Instant.ofEpochMilli(row.getLong(19)),
                row.getString(20));
    }

    private static double share(ResultSet row, boolean byIds, long start, long end) throws SQLException {
        if (row.getString(7).equals("finished")) {
            return 1;
        }
        if (row.getString(8).equals("ledger")) {
            return row.getLong(10) == 0 ? 1 : (double) row.getLong(9) / row.getLong(10);
        }
        return byIds
                ? 1 - (double) row.getLong(13) / row.getLong(12)
                : (double) (end - row.getLong(11)) / (end - start);
    }
}
