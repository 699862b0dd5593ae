package io.threadpost.pull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.CursorHistory.Cursor;

/** The windows in the ledger, from claim to close. Every change of one is conditional on its lease and state. */
@Singleton
final class Windows {
    /** After a crash, others go on so much later; a node that stalls for longer fetches a page again. */
    static final long LEASE_MILLIS = 20_000;

    private static final String HELD = " WHERE id = ? AND lease_owner = ? AND state = 'open'";
    private static final String COLUMNS =
            "id, connection, kind, backfill, (SELECT b.enterprises FROM backfill b WHERE b.id = pull_window.backfill),"
                    + " start_ns, end_ns, resume_cursor, cursor_updated, recent_cursors, idle_pages, idle_heads,"
                    + " failures, crashes + CASE WHEN lease_owner IS NULL THEN 0 ELSE 1 END, pages";

    private final Ledger ledger;
    private final EnterpriseHistory enterprises;
    private final Object news = new Object();

    Windows(Ledger ledger, EnterpriseHistory enterprises) {
        this.ledger = ledger;
        this.enterprises = enterprises;
    }

    /** @return a new name for a walker */
    String newOwner() {
        return ledger.newOwner();
    }

    /**
     * Claims the connection's next open window that is due; none while another process, or this one before, pulls other
     * enterprises.
     *
     * @param live the oldest live window; else the newest one of a backfill
     */
    Optional<Window> claim(String connection, String owner, boolean live) {
        String due = " FROM pull_window WHERE connection = ? AND state = 'open' AND due <= ?"
                + " AND (lease_owner IS NULL OR lease_until <= ?) AND kind = '" + kind(live) + "'";
        boolean any = ledger.read(tx -> tx.exists("SELECT 1" + due + " LIMIT 1", connection, tx.now(), tx.now()));
        return !any
                ? Optional.empty()
                : ledger.write(tx -> {
                    Optional<Window> window = tx.one(
                            "SELECT " + COLUMNS + due
                                    + " ORDER BY start_ns" + (live ? "" : " DESC") + " LIMIT 1 "
                                    + tx.dialect().claiming(),
                            Windows::window,
                            connection,
                            tx.now(),
                            tx.now());
                    // The row is locked: a process that compares other enterprises from now on revokes this lease.
                    if (window.isPresent() && !enterprises.isCurrent(tx, connection)) {
                        return Optional.empty();
                    }
                    if (window.isPresent()) {
                        tx.update(
                                "UPDATE pull_window SET lease_owner = ?, lease_until = ?, crashes = ? WHERE id = ?",
                                owner,
                                tx.now() + LEASE_MILLIS,
                                window.get().crashes(),
                                window.get().id());
                    }
                    return window;
                });
    }

    /** @throws LeaseLostException when another process holds the window, or it is no longer open */
    void renew(Window window, String owner) {
        ledger.write(tx -> tx.updateHeld(
                window, "UPDATE pull_window SET lease_until = ?" + HELD, tx.now() + LEASE_MILLIS, window.id(), owner));
    }

    /**
     * Revokes the leases of a connection's open windows. Their walkers commit nothing more, and other windows are not
     * claimed before the transaction ends.
     */
    static void revoke(Transaction tx, String connection) throws SQLException {
        Window.lock(tx, "connection = ? AND state = 'open'", connection);
        tx.update("UPDATE pull_window SET lease_owner = NULL WHERE connection = ? AND state = 'open'", connection);
    }

    /**
     * Releases a window, to be claimed again after the wait.
     *
     * @param error one line, or null after no failure
     */
    void release(Window window, String owner, long waitMillis, String error) {
        ledger.write(tx -> tx.update(
                "UPDATE pull_window SET lease_owner = NULL, due = ?, error = ?, failures = failures + ?"
                        + " WHERE id = ? AND lease_owner = ?",
                tx.now() + waitMillis,
                tx.redacted(error),
                error == null ? 0 : 1,
                window.id(),
                owner));
        wake();
    }

    /**
     * Advances a window after a page, and renews its lease: where many walkers wait for the ledger, one renewal after
     * the other may take too long.
     *
     * @return the window as it is now
     */
    Window advance(Transaction tx, Window window, String owner, Progress progress) throws SQLException {
        boolean news = progress.versions() > 0;
        long idlePages = news || progress.head() ? 0 : window.idlePages() + 1;
        int idleHeads = news ? 0 : window.idleHeads() + (progress.head() ? 1 : 0);
        tx.updateHeld(
                window,
                "UPDATE pull_window SET resume_cursor = ?, cursor_updated = ?, recent_cursors = ?,"
                        + " pages = pages + ?,"
                        + " threads = threads + ?, idle_pages = ?, idle_heads = ?, failures = 0, crashes = 0,"
                        + " error = NULL, lease_until = ?"
                        + HELD,
                progress.cursor().id(),
                progress.cursor().updated(),
                progress.recentCursors(),
                progress.page() ? 1 : 0,
                progress.versions(),
                idlePages,
                idleHeads,
                tx.now() + LEASE_MILLIS,
                window.id(),
                owner);
        if (window.backfill() != null) {
            tx.update(
                    "UPDATE backfill SET pages = pages + ?, threads = threads + ? WHERE id = ?",
                    progress.page() ? 1 : 0,
                    progress.versions(),
                    window.backfill());
        }
        return new Window(
                window.id(),
                window.connection(),
                window.live(),
                window.backfill(),
                window.enterprises(),
                window.start(),
                window.end(),
                progress.cursor().id(),
                progress.cursor().updated(),
                progress.recentCursors(),
                idlePages,
                idleHeads,
                0,
                0,
                window.pages() + (progress.page() ? 1 : 0));
    }

    /**
     * Closes a drained window, and merges it with closed windows that touch it. A window of some enterprises is
     * deleted: its time is not covered for the others.
     */
    void close(Transaction tx, Window window, String owner) throws SQLException {
        tx.updateHeld(
                window,
                "UPDATE pull_window SET state = 'closed', closed = ?, lease_owner = NULL, resume_cursor = NULL,"
                        + " cursor_updated = NULL, recent_cursors = NULL, backfill = NULL" + HELD,
                tx.now(),
                window.id(),
                owner);
        if (window.backfill() != null) {
            drained(tx, window);
        }
        if (!window.enterprises().isEmpty()) {
            EnterpriseHistory.filled(tx, window);
            tx.update("DELETE FROM pull_window WHERE id = ?", window.id());
            return;
        }
        PageDigests.drained(tx, window);
        String touching =
                " FROM pull_window WHERE connection = ? AND state = 'closed' AND start_ns <= ? AND end_ns >= ?";
        Object[] range = {window.connection(), window.end(), window.start()};
        List<Long> ids = tx.list("SELECT id" + touching, row -> row.getLong(1), range);
        if (ids.size() > 1) {
            long[] whole = tx.one(
                            "SELECT MIN(start_ns), MAX(end_ns), SUM(pages), SUM(threads)" + touching,
                            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)},
                            range)
                    .orElseThrow();
            for (long id : ids) {
                if (id != window.id()) {
                    tx.update("DELETE FROM pull_window WHERE id = ?", id);
                }
            }
            tx.update(
                    "UPDATE pull_window SET start_ns = ?, end_ns = ?, pages = ?, threads = ? WHERE id = ?",
                    whole[0],
                    whole[1],
                    whole[2],
                    whole[3],
                    window.id());
        }
    }

    private static void drained(Transaction tx, Window window) throws SQLException {
        tx.update(
                "UPDATE backfill SET drained_ns = drained_ns + ? WHERE id = ?",
                window.end() - window.start(),
                window.backfill());
        tx.update(
                "UPDATE backfill SET state = 'finished', finished = ? WHERE id = ? AND state = 'running' AND NOT EXISTS"
                        + " (SELECT 1 FROM pull_window WHERE backfill = ? AND state IN ('open', 'paused'))",
                tx.now(),
                window.backfill(),
                window.backfill());
    }

    /** Splits a window that is too heavy for the platform; each half starts at its head. */
    void split(Window window, String owner, long middle) {
        ledger.write(tx -> {
            tx.updateHeld(
                    window,
                    "UPDATE pull_window SET end_ns = ?, resume_cursor = NULL, cursor_updated = NULL,"
                            + " recent_cursors = NULL, idle_pages = 0, idle_heads = 0, lease_owner = NULL"
                            + HELD,
                    middle,
                    window.id(),
                    owner);
            return insert(tx, window.connection(), window.live(), middle, window.end(), window.backfill());
        });
        wake();
    }

    /** @param backfill null for a live window */
    long insert(Transaction tx, String connection, boolean live, long start, long end, Long backfill)
            throws SQLException {
        return tx.insert(
                "INSERT INTO pull_window (connection, kind, start_ns, end_ns, state, created, backfill, recorded)"
                        + " VALUES (?, ?, ?, ?, 'open', ?, ?, TRUE) RETURNING id",
                connection,
                kind(live),
                start,
                end,
                tx.now(),
                backfill);
    }

    private static String kind(boolean live) {
        return live ? "live" : "backfill";
    }

    /** Waits until there may be another window to claim, at most for that time. */
    void await(long millis) throws InterruptedException {
        synchronized (news) {
            news.wait(millis);
        }
    }

    /** Wakes the waiting walkers of this process: windows were added or released. */
    void wake() {
        synchronized (news) {
            news.notifyAll();
        }
    }

    private static Window window(ResultSet row) throws SQLException {
        long backfill = row.getLong(4);
        String enterprises = row.getString(5);
        return new Window(
                row.getLong(1),
                row.getString(2),
                row.getString(3).equals("live"),
                backfill == 0 ? null : backfill,
                enterprises == null ? List.of() : List.of(enterprises.split(" ")),
                row.getLong(6),
                row.getLong(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getLong(11),
                row.getInt(12),
                row.getInt(13),
                row.getInt(14),
                row.getLong(15));
    }

    /**
     * What a turn of a walk achieved.
     *
     * @param page whether a page was stored; else only the cursor moves
     * @param versions new versions in it
     * @param cursor where to go on
     * @param recentCursors that cursor and those before it, as {@link CursorHistory#text} has them
     * @param head whether the window starts again at its head
     */
    record Progress(boolean page, int versions, Cursor cursor, String recentCursors, boolean head) {}
}
