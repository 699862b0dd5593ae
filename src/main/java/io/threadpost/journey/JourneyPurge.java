package io.threadpost.journey;

import java.sql.SQLException;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** Deletes journeys that were kept for {@code threadpost.journeys.keep}. */
@Singleton
public final class JourneyPurge {
    /** Blocks a transaction, each of up to a page or a batch, so that other writers get their turn. */
    private static final int BLOCKS = 100;

    private final Ledger ledger;
    private final long keepMillis;

    JourneyPurge(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.keepMillis = settings.get(SettingsCatalogue.JOURNEYS_KEEP).toMillis();
    }

    /**
     * Deletes what is too old; returns early, between two transactions, when the thread is interrupted.
     *
     * @throws io.threadpost.ledger.LedgerException when the ledger refuses; earlier deletions stay
     */
    public void run() {
        drain(this::arrivals);
        drain(this::settlements);
        ledger.execute(tx -> {
            StoredPaths.forget(tx, tx.now() - keepMillis);
        });
    }

    private void drain(Ledger.Work<Integer> chunk) {
        int gone = BLOCKS;
        while (gone == BLOCKS && !Thread.currentThread().isInterrupted()) {
            gone = ledger.write(chunk);
        }
    }

    private int arrivals(Transaction tx) throws SQLException {
        List<Object[]> old = old(tx, "journey_arrival");
        tx.batch("DELETE FROM journey_content WHERE arrival = ?", old);
        tx.batch("DELETE FROM journey_arrival WHERE id = ?", old);
        return old.size();
    }

    private int settlements(Transaction tx) throws SQLException {
        List<Object[]> old = old(tx, "journey_settlement");
        tx.batch("DELETE FROM journey_parcel WHERE settlement = ?", old);
        tx.batch("DELETE FROM journey_settlement WHERE id = ?", old);
        return old.size();
    }

    private List<Object[]> old(Transaction tx, String table) throws SQLException {
        return tx.list(
                "SELECT id FROM " + table + " WHERE at < ? ORDER BY at LIMIT " + BLOCKS,
                row -> new Object[] {row.getLong(1)},
                tx.now() - keepMillis);
    }
}
