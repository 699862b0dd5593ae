package io.threadpost.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.journey.Deliveries;
import io.threadpost.journey.ItemPlace;
import io.threadpost.journey.JourneyRecorder;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Retained;
import io.threadpost.ledger.Retention;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Deletes finished and discarded parcels that were kept for {@code threadpost.spool.keep}, and the oldest finished ones
 * beyond {@code threadpost.spool.keep-max}. Dead ones wait for a person, see {@link DeadItemRetention}.
 */
@Singleton
public final class ParcelPurge extends Retained {
    /** Parcels per transaction: few enough to let other writers in. */
    private static final int PARCELS = 500;
    /** Each has an index by its end. */
    private static final String FINISHED = "finished";

    private static final List<String> STATES = List.of(FINISHED, "discarded");

    private final JourneyRecorder journeys;

    ParcelPurge(Ledger ledger, Settings settings, JourneyRecorder journeys) {
        super(
                ledger,
                new Retention(
                        Retention.Kind.FINISHED_ITEMS,
                        settings.spool().keep(),
                        settings.get(SettingsCatalogue.SPOOL_KEEP_MAX)));
        this.journeys = journeys;
    }

    @Override
    public long run() {
        long taken = 0;
        for (String state : STATES) {
            taken += take(state, rule::expired, Long.MAX_VALUE);
        }
        return taken + take(FINISHED, Transaction::now, excess());
    }

    @Override
    protected long kept(Transaction tx) throws SQLException {
        return tx.number("SELECT COALESCE(SUM(size), 0) FROM spool_parcel WHERE state = 'finished'");
    }

    /** @param items of the oldest parcels, at least */
    private long take(String state, Ledger.Work<Long> before, long items) {
        return removeInChunks(items, left -> {
            List<Integer> sizes = ledger.write(tx -> take(tx, state, before.in(tx), left));
            long taken = sizes.stream().mapToLong(Integer::longValue).sum();
            return new Chunk(sizes.size() == PARCELS, taken, taken);
        });
    }

    private List<Integer> take(Transaction tx, String state, long before, long items) throws SQLException {
        List<Integer> sizes = new ArrayList<>();
        List<Object[]> parcels = new ArrayList<>();
        long[] left = {items};
        List<Deliveries> discarded = new ArrayList<>();
        tx.list(
                "SELECT id, size, mark, spool, error, failures, finished FROM spool_parcel WHERE state = '" + state
                        + "' AND finished < ? ORDER BY finished LIMIT " + PARCELS,
                row -> {
                    if (left[0] > 0) {
                        if (!state.equals(FINISHED)) {
                            discarded.add(discarded(row));
                        }
                        parcels.add(new Object[] {row.getLong(1)});
                        sizes.add(row.getInt(2));
                        left[0] -= row.getInt(2);
                    }
                    return null;
                },
                before);
        for (Deliveries journey : discarded) {
            journeys.record(tx, journey);
        }
        tx.batch("DELETE FROM spool_content WHERE parcel = ?", parcels);
        tx.batch("DELETE FROM spool_parcel WHERE id = ?", parcels);
        return sizes;
    }

    /** The journey of what was delivered is recorded as that happens; this one was only marked. */
    private static Deliveries discarded(ResultSet row) throws SQLException {
        Deliveries journey = new Deliveries(row.getString(4), 0);
        String error = row.getString(5);
        for (int ordinal = row.getInt(3); ordinal < row.getInt(2); ordinal++) {
            journey.add(Deliveries.Part.failed(
                    Deliveries.Outcome.DISCARDED,
                    new ItemPlace(row.getLong(1), ordinal),
                    row.getInt(6),
                    null,
                    0,
                    "discarded at " + Instant.ofEpochMilli(row.getLong(7)) + (error == null ? "" : ": " + error),
                    null));
        }
        return journey;
    }
}
