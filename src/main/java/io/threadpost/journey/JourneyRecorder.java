package io.threadpost.journey;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.steptrace.StepPath;

/** Records journeys, each with the transaction that it is about. */
@Singleton
public final class JourneyRecorder {
    private final boolean on;
    private final StoredPaths paths = new StoredPaths();

    JourneyRecorder(Settings settings) {
        this.on = !settings.get(SettingsCatalogue.JOURNEYS_KEEP).isZero();
    }

    /** @return whether journeys are recorded: nothing needs to be collected otherwise */
    public boolean on() {
        return on;
    }

    /** Records what came in with the caller's transaction. */
    public void record(Transaction tx, Arrivals arrivals) throws SQLException {
        if (!on || arrivals.size() == 0) {
            return;
        }
        Map<StepPath, Long> ids = paths.store(tx, arrivals.paths());
        long id = tx.insert(
                "INSERT INTO journey_arrival (at, connection, pull_window, page, oldest_ns, newest_ns, items, filter)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                tx.now(),
                arrivals.connection(),
                arrivals.window(),
                arrivals.page(),
                arrivals.oldest(),
                arrivals.newest(),
                arrivals.size(),
                arrivals.filter());
        tx.update(
                "INSERT INTO journey_content (arrival, items, texts) VALUES (?, ?, ?)",
                id,
                arrivals.encode(ids::get),
                arrivals.texts());
    }

    /** Records what became of the items of a batch with the caller's transaction. */
    public void record(Transaction tx, Deliveries deliveries) throws SQLException {
        if (!on || deliveries.isEmpty()) {
            return;
        }
        Map<StepPath, Long> ids = paths.store(tx, deliveries.paths());
        long id = tx.insert(
                "INSERT INTO journey_settlement (at, spool, batch, content) VALUES (?, ?, ?, ?) RETURNING id",
                tx.now(),
                deliveries.spool(),
                deliveries.batch(),
                StoredDeliveries.of(deliveries, ids::get).toBytes());
        List<Object[]> rows = new ArrayList<>();
        deliveries.parcels().forEach(parcel -> rows.add(new Object[] {parcel, id}));
        tx.batch("INSERT INTO journey_parcel (parcel, settlement) VALUES (?, ?)", rows);
    }
}
