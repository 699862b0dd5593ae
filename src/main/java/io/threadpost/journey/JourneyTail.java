package io.threadpost.journey;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.threadpost.ledger.Transaction;

/** Journeys in the order in which they were recorded, without content, for those who pass them on. */
public final class JourneyTail {

    private JourneyTail() {}

    /**
     * What came in with one transaction.
     *
     * @param connection null for what belongs to none
     * @param window of a page; without a page, the number of a re-delivery; 0 for neither
     * @param page from 1; 0 for what came from no page
     * @param items how many threads or items
     * @param parcels where they went
     */
    public record Arrival(
            long id, Instant at, String connection, long window, long page, int items, Set<Long> parcels) {}

    /**
     * What became of the items of one batch.
     *
     * @param batch 0 for what a person or a limit ended
     * @param items what became of them
     */
    public record Settlement(long id, Instant at, String spool, long batch, Deliveries.Summary items) {}

    /** A place in the tail: the last records that were read. */
    public record Position(long arrival, long settlement) {}

    /** @return the place behind all records */
    public static Position end(Transaction tx) throws SQLException {
        return tx.one(
                        "SELECT (SELECT COALESCE(MAX(id), 0) FROM journey_arrival),"
                                + " (SELECT COALESCE(MAX(id), 0) FROM journey_settlement)",
                        row -> new Position(row.getLong(1), row.getLong(2)))
                .orElseThrow();
    }

    /**
     * @param before the ledger's time, milliseconds: records of concurrent transactions become visible in any order, so
     *     young ones are left for later
     */
    public static List<Arrival> arrivals(Transaction tx, long after, long before, int limit) throws SQLException {
        return tx.list(
                "SELECT a.id, a.at, a.connection, a.pull_window, a.page, a.items, c.items, c.texts"
                        + " FROM journey_arrival a JOIN journey_content c ON c.arrival = a.id"
                        + " WHERE a.id > ? AND a.at < ? ORDER BY a.id LIMIT "
                        + limit,
                row -> {
                    Set<Long> parcels = StoredArrivals.decode(row.getBytes(7)).stream()
                            .flatMap(item -> item.places().values().stream())
                            .flatMap(List::stream)
                            .map(ItemPlace::parcel)
                            .collect(Collectors.toCollection(LinkedHashSet::new));
                    StoredArrivals.texts(row.getBytes(8)).stream()
                            .filter(texts -> texts.failure() != null)
                            .forEach(texts -> parcels.add(texts.failure().parcel()));
                    return new Arrival(
                            row.getLong(1),
                            Instant.ofEpochMilli(row.getLong(2)),
                            row.getString(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getInt(6),
                            parcels);
                },
                after,
                before);
    }

    /** @param before likewise */
    public static List<Settlement> settlements(Transaction tx, long after, long before, int limit) throws SQLException {
        return tx.list(
                "SELECT id, at, spool, batch, content FROM journey_settlement WHERE id > ? AND at < ?"
                        + " ORDER BY id LIMIT "
                        + limit,
                row -> new Settlement(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        row.getLong(4),
                        StoredDeliveries.read(row.getBytes(5)).summary()),
                after,
                before);
    }
}
