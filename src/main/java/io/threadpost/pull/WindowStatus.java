package io.threadpost.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;

/** The windows of a connection, for people. */
@Singleton
public final class WindowStatus {
    private final Ledger ledger;

    WindowStatus(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A window.
     *
     * @param live new time; else a backfill
     * @param state open, closed, paused or cancelled
     * @param reached how far an open window was pulled: pages come newest first, so it is pulled from its end back to
     *     here; its end before the first page
     * @param pages pages committed
     * @param threads new versions committed
     * @param failures failures in a row
     * @param error the last failure; null after a success
     */
    public record Span(
            boolean live,
            String state,
            Instant start,
            Instant end,
            Instant reached,
            long pages,
            long threads,
            int failures,
            String error) {
        /** @return whether it was drained, so that its time is covered */
        public boolean covered() {
            return state.equals("closed");
        }
    }

    /** @return its newest windows up to the limit, the newest first; closed ones that touch are one */
    public List<Span> newest(String connection, int limit) {
        return ledger.read(tx -> tx.list(
                "SELECT kind, state, start_ns, end_ns, cursor_updated, pages, threads, failures, error"
                        + " FROM pull_window WHERE connection = ? ORDER BY start_ns DESC LIMIT " + limit,
                WindowStatus::span,
                connection));
    }

    private static Span span(ResultSet row) throws SQLException {
        long start = row.getLong(3);
        long end = row.getLong(4);
        OptionalLong cursor = UtcNanos.nanos(row.getString(5));
        long reached = Math.min(end, Math.max(start, cursor.orElse(end)));
        return new Span(
                row.getString(1).equals("live"),
                row.getString(2),
                UtcNanos.instant(start),
                UtcNanos.instant(end),
                UtcNanos.instant(reached),
                row.getLong(6),
                row.getLong(7),
                row.getInt(8),
                row.getString(9));
    }
}
