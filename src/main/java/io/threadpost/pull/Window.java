package io.threadpost.pull;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.threadpost.ledger.Transaction;

/**
 * The unit of pulling: a half-open interval of {@code UpdatedUtc}, and how far it was walked.
 *
 * @param connection whose threads
 * @param live new time; else a backfill
 * @param backfill the backfill that it belongs to; null for live windows
 * @param enterprises whose threads; empty: those of all enterprises that the connection pulls
 * @param start first nanosecond since the epoch
 * @param end first nanosecond that no longer belongs to it, more than {@code start}
 * @param cursor where to go on; null: at the head
 * @param cursorUpdated {@code UpdatedUtc} of the cursor's thread as it was seen; null if unknown
 * @param recentCursors the last cursors, as {@link CursorHistory} stores them; null if unknown
 * @param idlePages pages since the last new version
 * @param idleHeads heads begun since the last new version
 * @param failures failures in a row
 * @param crashes how often a process ended while it was walked, since its last page
 * @param pages how many were stored
 */
record Window(
        long id,
        String connection,
        boolean live,
        Long backfill,
        List<String> enterprises,
        long start,
        long end,
        String cursor,
        String cursorUpdated,
        String recentCursors,
        long idlePages,
        int idleHeads,
        int failures,
        int crashes,
        long pages) {

    /** @return the body of {@code messageThreads/getAll} for the page after that cursor */
    Map<String, Object> request(String cursor, int count) {
        return request(start, end, enterprises, cursor, count);
    }

    /** @return the same for any interval */
    static Map<String, Object> request(long start, long end, List<String> enterprises, String cursor, int count) {
        Map<String, Object> limitation = new LinkedHashMap<>();
        limitation.put("Count", count);
        if (cursor != null) {
            limitation.put("Cursor", cursor);
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("UpdatedUtc", Map.of("StartUtc", UtcNanos.text(start), "EndUtc", UtcNanos.text(end)));
        request.put("Limitation", limitation);
        if (!enterprises.isEmpty()) {
            request.put("EnterpriseIds", enterprises);
        }
        return request;
    }

    /** @return the body of {@code messageThreads/getAll} for one thread */
    static Map<String, Object> requestOne(String id) {
        return Map.of("MessageThreadIds", List.of(id), "Limitation", Map.of("Count", 1));
    }

    /** Two updates of several windows wait for each other in a circle, unless they lock them in the same order. */
    static void lock(Transaction tx, String condition, Object... parameters) throws SQLException {
        if (tx.dialect().shared()) {
            tx.list("SELECT id FROM pull_window WHERE " + condition + " ORDER BY id FOR UPDATE", row -> 1, parameters);
        }
    }

    boolean contains(long nanos) {
        // Documented as half-open, and on another page as inclusive: at the end itself both are right.
        return start <= nanos && nanos <= end;
    }

    @Override
    public String toString() {
        return "window " + id + " of " + connection + " [" + UtcNanos.text(start) + ", " + UtcNanos.text(end) + ")";
    }

    /** Whoever walks one of the connection's windows now commits nothing more, and it begins again at its head. */
    static void restart(Transaction tx, String connection) throws SQLException {
        lock(tx, "connection = ? AND state IN ('open', 'paused')", connection);
        tx.update(
                "UPDATE pull_window SET lease_owner = NULL, resume_cursor = NULL, cursor_updated = NULL,"
                        + " recent_cursors = NULL, idle_pages = 0, idle_heads = 0"
                        + " WHERE connection = ? AND state IN ('open', 'paused')",
                connection);
    }
}
