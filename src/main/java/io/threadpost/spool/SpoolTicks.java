package io.threadpost.spool;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.spool.Batch.Source;
import io.threadpost.spool.Batch.Tick;

/**
 * Spools with a cron. A tick opens the spool for the items in it, and it stays open until they are gone, over restarts.
 * Ticks that are missed meanwhile, or while no process runs, are made up for by one.
 */
@Singleton
final class SpoolTicks {
    /** The highest parcel id that a batch of a spool may include; any in a spool without a cron. */
    static final String REACH = "COALESCE((SELECT CASE WHEN opened IS NULL THEN 0 ELSE upto END FROM spool_tick"
            + " WHERE spool = ?), " + Long.MAX_VALUE + ")";

    private static final String LEFT = "SELECT COALESCE(SUM(size - mark), 0) FROM spool_parcel"
            + " WHERE spool = ? AND state = 'waiting' AND NOT alone AND id <= ?";

    private final Ledger ledger;
    private final Spools spools;
    private final int attempts;

    SpoolTicks(Ledger ledger, Spools spools, Settings settings) {
        this.ledger = ledger;
        this.spools = spools;
        this.attempts = settings.spool().attempts();
    }

    /** @return when a drain takes from a spool, by its options */
    OpeningTimes openingTimes(String spool, ConsumerOptions consumerOptions) {
        return new OpeningTimes(spool, consumerOptions);
    }

    /**
     * The tick of a spool.
     *
     * @param opened null when it is closed
     */
    record Row(String timetable, Instant next, Instant opened, long upto, int parts) {}

    /**
     * A drain begins. A changed timetable starts afresh, and so does a next tick that is later than computed: it was
     * written while a clock was wrong. A spool that is open stays open.
     *
     * @param timetable null: always open
     */
    void begin(String spool, Timetable timetable) {
        ledger.write(tx -> {
            if (timetable == null) {
                return tx.update("DELETE FROM spool_tick WHERE spool = ?", spool);
            }
            Instant next = timetable.next(Instant.ofEpochMilli(tx.now()));
            Optional<Row> row = row(tx, spool);
            if (row.filter(known -> known.timetable().equals(timetable.toString()))
                    .filter(known -> !known.next().isAfter(next))
                    .isPresent()) {
                return 0;
            }
            return tx.update(
                    "INSERT INTO spool_tick (spool, timetable, next) VALUES (?, ?, ?) ON CONFLICT (spool)"
                            + " DO UPDATE SET timetable = excluded.timetable, next = excluded.next",
                    spool,
                    timetable.toString(),
                    millis(next));
        });
    }

    /** Opens the spool if it is closed and a tick is due. */
    void openIfDue(String spool) {
        boolean due = ledger.read(tx -> tx.exists(
                "SELECT 1 FROM spool_tick WHERE spool = ? AND opened IS NULL AND next <= ?", spool, tx.now()));
        if (due) {
            ledger.write(tx -> tx.update(
                    "UPDATE spool_tick SET opened = ?, parts = 0,"
                            + " upto = (SELECT COALESCE(MAX(id), 0) FROM spool_parcel WHERE spool = ? AND state = "
                            + "'waiting')"
                            + " WHERE spool = ? AND opened IS NULL AND next <= ?",
                    tx.now(),
                    spool,
                    spool,
                    tx.now()));
        }
    }

    /**
     * @return the tick that the spool is open for, if none of its items is left, not even in flight, and the spool is
     *     not paused
     */
    Optional<Row> finished(String spool) {
        return ledger.read(tx -> {
            Optional<Row> open = row(tx, spool).filter(row -> row.opened() != null);
            boolean finished = open.isPresent()
                    && left(tx, spool, open.get().upto()) == 0
                    && SpoolPauses.until(tx, spool).orElse(0L) <= tx.now();
            return finished ? open : Optional.<Row>empty();
        });
    }

    /**
     * Closes the spool until the next tick.
     *
     * @param sent what the last exchange sent to other spools; null when there was none
     * @throws LeaseLostException when another process closed it; nothing was changed
     */
    void close(String spool, Row open, Timetable timetable, Map<String, List<SpoolItem>> sent) {
        ledger.execute(tx -> {
            tx.updateHeld(
                    "the tick of spool " + spool,
                    "UPDATE spool_tick SET opened = NULL, next = ? WHERE spool = ? AND opened = ?",
                    millis(timetable.next(open.opened())),
                    spool,
                    millis(open.opened()));
            if (sent != null) {
                SpoolPauses.end(tx, spool, attempts);
                spools.deliver(tx, sent);
            }
        });
    }

    /**
     * Numbers a new batch among those of the current tick.
     *
     * @param size items in a batch at most
     */
    static void count(Transaction tx, String spool, long batch, int size) throws SQLException {
        Optional<Row> open = row(tx, spool).filter(row -> row.opened() != null);
        if (open.isEmpty()) {
            return;
        }
        int before = open.get().parts();
        long items = tx.number(
                LEFT + " AND (upto IS NULL OR batch = ?)", spool, open.get().upto(), batch);
        tx.update("UPDATE spool_tick SET parts = ? WHERE spool = ?", before + 1, spool);
        tx.update(
                "UPDATE spool_batch SET tick = ?, part = ?, parts = ? WHERE number = ?",
                millis(open.get().opened()),
                before + 1,
                before + (int) Math.max(1, (items + size - 1) / size),
                batch);
    }

    /** @return the times of a spool; empty when it has none */
    static Optional<Row> row(Transaction tx, String spool) throws SQLException {
        return tx.one(
                "SELECT timetable, next, opened, upto, parts FROM spool_tick WHERE spool = ?",
                row -> {
                    long opened = row.getLong(3);
                    Instant since = row.wasNull() ? null : Instant.ofEpochMilli(opened);
                    return new Row(
                            row.getString(1),
                            Instant.ofEpochMilli(row.getLong(2)),
                            since,
                            row.getLong(4),
                            row.getInt(5));
                },
                spool);
    }

    private static long left(Transaction tx, String spool, long upto) throws SQLException {
        return tx.number(LEFT, spool, upto);
    }

    private static long millis(Instant time) {
        return time.toEpochMilli();
    }

    /**
     * When a drain takes items from its spool: always, or from each tick of its cron until the items of that tick are
     * gone.
     */
    final class OpeningTimes {
        private final String spool;
        private final Timetable timetable;
        private final boolean empty;
        private boolean begun;

        private OpeningTimes(String spool, ConsumerOptions consumerOptions) {
            this.spool = spool;
            this.timetable = consumerOptions.timetable();
            this.empty = consumerOptions.empty();
        }

        boolean limited() {
            return timetable != null;
        }

        /** Opens the spool if a tick is due. */
        void openIfDue() {
            if (!begun) {
                SpoolTicks.this.begin(spool, timetable);
                begun = true;
            }
            if (timetable != null) {
                SpoolTicks.this.openIfDue(spool);
            }
        }

        /** @return the tick whose items are gone; empty when there is none, or something is left of it */
        Optional<Row> finished() {
            return timetable == null ? Optional.empty() : SpoolTicks.this.finished(spool);
        }

        /** @return an empty batch to be worked before a finished tick is closed, if the route wants one */
        Optional<Batch> last(Row finished) {
            return empty && finished.parts() == 0
                    ? Optional.of(new Batch(
                            0, spool, Source.FRESH, false, 0, 0, new Tick(finished.opened(), 1, 1), List.of()))
                    : Optional.empty();
        }

        /**
         * Closes the spool until the next tick.
         *
         * @param sent what {@link #last} sent to other spools; null when there was nothing to be worked
         */
        void close(Row finished, Map<String, List<SpoolItem>> sent) {
            SpoolTicks.this.close(spool, finished, timetable, sent);
        }
    }
}
