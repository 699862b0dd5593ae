package io.threadpost.spool;

import java.sql.SQLException;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;

/**
 * Deletes finished and discarded parcels that were kept for {@code threadpost.spool.keep}. Dead ones stay until an
 * operator acts.
 */
@Singleton
public final class ParcelPurge {
    /** Parcels per transaction: few enough to let other writers in. */
    private static final int PARCELS = 500;
    /** Each has an index by its end. */
    private static final List<String> STATES = List.of("finished", "discarded");

    private final Ledger ledger;
    private final long keepMillis;

    ParcelPurge(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.keepMillis = settings.spool().keep().toMillis();
    }

    /**
     * Deletes what has expired; returns early, between two transactions, when the thread is interrupted.
     *
     * @throws io.threadpost.ledger.LedgerException when the ledger refuses; what was taken away before stays away
     */
    public void run() {
        for (String state : STATES) {
            int taken = PARCELS;
            while (taken == PARCELS && !Thread.currentThread().isInterrupted()) {
                taken = ledger.write(tx -> take(tx, state));
            }
        }
    }

    private int take(Transaction tx, String state) throws SQLException {
        List<Object[]> parcels = tx.list(
                "SELECT id FROM spool_parcel WHERE state = '" + state + "' AND finished < ? ORDER BY finished LIMIT "
                        + PARCELS,
                row -> new Object[] {row.getLong(1)},
                tx.now() - keepMillis);
        tx.batch("DELETE FROM spool_content WHERE parcel = ?", parcels);
        tx.batch("DELETE FROM spool_parcel WHERE id = ?", parcels);
        return parcels.size();
    }
}
