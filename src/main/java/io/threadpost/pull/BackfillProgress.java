package io.threadpost.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Transaction;
import io.threadpost.settings.ConnectorSettings;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** How far backfills are: their share, rate and remaining time, by the density of what was pulled and the budget. */
@Singleton
final class BackfillProgress {
    private static final long RATE_MILLIS = 10_000;
    private static final String BACKFILLS = "SELECT b.*,"
            + " (SELECT COUNT(*) FROM pull_window w WHERE w.backfill = b.id AND w.state IN ('open', 'paused'))"
            + " AS open_windows,"
            + " (SELECT w.error FROM pull_window w WHERE w.backfill = b.id AND w.error IS NOT NULL"
            + " ORDER BY w.due DESC LIMIT 1) AS error FROM backfill b ";

    private final int pageSize;
    private final double budget;
    private final SpoolBackpressure backpressure;

    BackfillProgress(Settings settings, SpoolBackpressure backpressure) {
        this.backpressure = backpressure;
        this.pageSize = settings.get(SettingsCatalogue.PULL_PAGE_SIZE);
        ConnectorSettings connector = settings.connector();
        this.budget =
                1000.0 * connector.limitRequests() / connector.limitWindow().toMillis();
    }

    /** @param which the rest of the query */
    List<Backfill> list(Transaction tx, String which, Object... parameters) throws SQLException {
        long now = tx.now();
        Map<String, Optional<Double>> densities = new HashMap<>();
        return tx.list(BACKFILLS + which, row -> backfill(tx, row, now, densities), parameters);
    }

    /** Measures the rates of what is running; called about once a minute. */
    void sample(Transaction tx) throws SQLException {
        tx.update(
                "UPDATE backfill SET pages_rate = (pages - sampled_pages) * 1000.0 / (? - sampled),"
                        + " threads_rate = (threads - sampled_threads) * 1000.0 / (? - sampled),"
                        + " sampled_pages = pages, sampled_threads = threads, sampled = ?"
                        + " WHERE state = 'running' AND sampled < ?",
                tx.now(),
                tx.now(),
                tx.now(),
                tx.now() - RATE_MILLIS);
    }

    /** @param densities of connections, as far as they were read: each is a scan of windows */
    private Backfill backfill(Transaction tx, ResultSet row, long now, Map<String, Optional<Double>> densities)
            throws SQLException {
        String state = row.getString("state");
        boolean running = state.equals("running");
        long planned = row.getLong("planned_ns");
        long threads = row.getLong("threads");
        long pages = row.getLong("pages");
        long windows = row.getLong("open_windows");
        long pulled =
                row.getLong("drained_ns") + (running || state.equals("paused") ? reached(tx, row.getLong("id")) : 0);
        long sampledMillis = now - row.getLong("sampled");
        boolean fresh = running && sampledMillis >= RATE_MILLIS;
        double seconds = sampledMillis / 1000.0;
        double threadsRate =
                fresh ? (threads - row.getLong("sampled_threads")) / seconds : row.getDouble("threads_rate");
        double pagesRate = fresh ? (pages - row.getLong("sampled_pages")) / seconds : row.getDouble("pages_rate");
        // Boxed: mixed with a primitive, a null would be unboxed.
        Double density = pulled > 0 && threads > 0
                ? Double.valueOf((double) threads / pulled)
                : density(tx, row.getString("connection"), densities).orElse(null);
        Long expected = state.equals("finished")
                ? Long.valueOf(0)
                : density == null ? null : Long.valueOf(Math.round(density * Math.max(0, planned - pulled)));
        Duration remaining = null;
        if (running && expected != null) {
            double rate = pagesRate > 0 ? Math.min(pagesRate, budget) : budget;
            remaining = Duration.ofSeconds(Math.round(((double) expected / pageSize + windows) / rate));
        }
        String enterprises = row.getString("enterprises");
        long finished = row.getLong("finished");
        return new Backfill(
                row.getLong("id"),
                row.getString("connection"),
                row.getString("origin"),
                UtcNanos.instant(row.getLong("start_ns")),
                UtcNanos.instant(row.getLong("end_ns")),
                enterprises == null ? List.of() : List.of(enterprises.split(" ")),
                state,
                planned == 0 ? 1 : (double) Math.min(pulled, planned) / planned,
                windows,
                pages,
                threads,
                running ? threadsRate : 0,
                expected,
                remaining,
                planned == 0 && state.equals("finished"),
                Instant.ofEpochMilli(row.getLong("requested")),
                finished == 0 ? null : Instant.ofEpochMilli(finished),
                row.getString("error"),
                running ? backpressure.lastFullSpool() : null);
    }

    /** @return how much of its open windows was pulled, nanoseconds: pages come newest first */
    private static long reached(Transaction tx, long id) throws SQLException {
        return tx
                .list(
                        "SELECT start_ns, end_ns, cursor_updated FROM pull_window WHERE backfill = ?"
                                + " AND state IN ('open', 'paused') AND cursor_updated IS NOT NULL",
                        row -> {
                            long end = row.getLong(2);
                            long cursor = UtcNanos.nanos(row.getString(3)).orElse(end);
                            return end - Math.min(end, Math.max(row.getLong(1), cursor));
                        },
                        id)
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** @return thread versions a nanosecond in all that was pulled; empty before anything was */
    private static Optional<Double> density(Transaction tx, String connection, Map<String, Optional<Double>> known)
            throws SQLException {
        Optional<Double> density = known.get(connection);
        if (density == null) {
            density = tx.one(
                            "SELECT SUM(threads), SUM(CAST(end_ns - start_ns AS DOUBLE PRECISION)) FROM pull_window"
                                    + " WHERE connection = ? AND state = 'closed'",
                            row -> row.getDouble(2) > 0
                                    ? Optional.of(row.getLong(1) / row.getDouble(2))
                                    : Optional.<Double>empty(),
                            connection)
                    .flatMap(found -> found);
            known.put(connection, density);
        }
        return density;
    }
}
