package io.threadpost.pull;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.VersionBlock.Version;
import io.threadpost.pull.VersionFilter.Found;
import io.threadpost.pull.VersionTable.Range;
import io.threadpost.settings.Settings;

/**
 * Dedupe: which thread versions earlier pages have committed. The versions of a page are one block in the ledger. A
 * filter in memory finds the blocks that may hold a version, but only their content decides. What the filter has not
 * taken in yet, such as another node's last pages, is read in full. It takes in what is committed, in the order of
 * commits, and never within a transaction, whose blocks may be rolled back and their numbers used again.
 */
@Singleton
final class ThreadVersions {
    /** Blocks that are read or deleted at once. */
    private static final int BLOCKS = 50;
    /** Keys from before there were blocks that are deleted at once. */
    private static final int ROWS = 2_000;
    /** Times of such keys in one query. */
    private static final int TIMES = 500;
    /** The filter takes this part of the heap at most. */
    private static final int HEAP_SHARE = 8;
    /** So many forgotten versions may stay in the filter. */
    private static final int STALE = 100_000;

    private final Ledger ledger;
    private final long memory;
    private final Path folder;
    private volatile VersionFilter filter;

    @Inject
    ThreadVersions(Ledger ledger, Settings settings) {
        this(
                ledger,
                Runtime.getRuntime().maxMemory() / HEAP_SHARE,
                settings.ledger().folder());
    }

    /**
     * @param memory bytes that the filter takes
     * @param folder for what does not fit
     */
    ThreadVersions(Ledger ledger, long memory, Path folder) {
        this.ledger = ledger;
        this.memory = memory;
        this.folder = folder;
        this.filter = filter();
    }

    private VersionFilter filter() {
        return new VersionFilter(memory, new SpillFile(folder));
    }

    private record Block(long id, int size, VersionBlock content) {}

    /** @return those of the list that are committed */
    Set<Version> known(String connection, List<Version> versions) {
        return ledger.read(tx -> {
            takeIn(tx, connection, filter);
            return known(tx, connection, versions);
        });
    }

    /** @return which of the list are new, by index: those that no other page has committed meanwhile */
    BitSet commit(Transaction tx, String connection, List<Version> versions) throws SQLException {
        lock(tx, connection);
        Set<Version> seen = known(tx, connection, versions);
        List<Version> added = new ArrayList<>(versions.size());
        BitSet fresh = new BitSet(versions.size());
        for (int i = 0; i < versions.size(); i++) {
            if (seen.add(versions.get(i))) {
                fresh.set(i);
                added.add(versions.get(i));
            }
        }
        if (!added.isEmpty()) {
            LongSummaryStatistics times = times(added);
            tx.update(
                    "INSERT INTO thread_version_block (connection, first_ns, last_ns, size, versions)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    connection,
                    times.getMin(),
                    times.getMax(),
                    added.size(),
                    VersionBlock.encode(added));
        }
        return fresh;
    }

    private static void lock(Transaction tx, String connection) throws SQLException {
        if (tx.dialect().shared()) {
            // A connection's pages are committed one at a time, so that each sees the one before, and their
            // blocks are numbered in the order of commits.
            tx.one("SELECT pg_advisory_xact_lock(hashtext(?))", row -> true, "thread_version " + connection);
        }
    }

    /** @return how many versions are known between these times */
    long count(String connection, long from, long to) {
        return ledger.read(tx -> {
            long known = tx.number(
                    "SELECT COUNT(*) FROM thread_version WHERE connection = ? AND updated_ns BETWEEN ? AND ?",
                    connection,
                    from,
                    to);
            known += tx.number(
                    "SELECT COALESCE(SUM(size), 0) FROM thread_version_block"
                            + " WHERE connection = ? AND first_ns >= ? AND last_ns <= ?",
                    connection,
                    from,
                    to);
            List<Block> edge;
            long last = 0;
            do {
                edge = blocks(
                        tx,
                        connection,
                        last,
                        "AND first_ns <= ? AND last_ns >= ? AND (first_ns < ? OR last_ns > ?)",
                        to,
                        from,
                        from,
                        to);
                for (Block block : edge) {
                    last = block.id();
                    known += block.content()
                            .versions((updated, hash) -> from <= updated && updated <= to)
                            .size();
                }
            } while (edge.size() == BLOCKS);
            return known;
        });
    }

    /**
     * Forgets the versions between these times, both exclusive, in many small transactions; returns early when the
     * thread is interrupted, or when a window over that time is open or paused again, since an audit needs the keys.
     */
    void forget(String connection, long from, long to) {
        repeat(connection, from, to, tx -> {
            int rows = tx.update(
                    "DELETE FROM thread_version WHERE connection = ? AND (updated_ns, id) IN (SELECT"
                            + " updated_ns, id FROM thread_version WHERE connection = ?"
                            + " AND updated_ns > ? AND updated_ns < ? LIMIT " + ROWS + ")",
                    connection,
                    connection,
                    from,
                    to);
            return rows == ROWS;
        });
        repeat(connection, from, to, tx -> {
            int blocks = tx.update(
                    "DELETE FROM thread_version_block WHERE id IN (SELECT id FROM thread_version_block"
                            + " WHERE connection = ? AND first_ns > ? AND last_ns < ? LIMIT " + BLOCKS
                            + ")",
                    connection,
                    from,
                    to);
            return blocks == BLOCKS;
        });
        long[] last = new long[1];
        repeat(connection, from, to, tx -> {
            List<Block> edge = blocks(
                    tx,
                    connection,
                    last[0],
                    "AND first_ns < ? AND last_ns > ? AND (first_ns <= ? OR last_ns >= ?)",
                    to,
                    from,
                    from,
                    to);
            for (Block block : edge) {
                last[0] = block.id();
                trim(tx, block, from, to);
            }
            return edge.size() == BLOCKS;
        });
    }

    /** An audit stores keys of covered time with the window that needs them, while others are being forgotten. */
    private static boolean needed(Transaction tx, String connection, long from, long to) throws SQLException {
        lock(tx, connection);
        return tx.exists(
                "SELECT 1 FROM pull_window WHERE connection = ? AND state IN ('open', 'paused')"
                        + " AND start_ns < ? AND end_ns > ? LIMIT 1",
                connection,
                to,
                from);
    }

    /** Rebuilds the filter if most of what is in it was forgotten; called once a minute. */
    void compact() {
        VersionFilter before = filter;
        long stored = ledger.read(tx -> tx.number("SELECT COALESCE(SUM(size), 0) FROM thread_version_block"));
        boolean roomy = before.full() && stored < before.size() / 4 * 3;
        if (before.size() > stored + Math.max(stored, STALE) || roomy) {
            VersionFilter rebuilt = filter();
            ledger.read(tx -> {
                for (String connection : tx.texts("SELECT DISTINCT connection FROM thread_version_block")) {
                    takeIn(tx, connection, rebuilt);
                }
                return null;
            });
            filter = rebuilt;
            before.close();
        } else {
            before.resume();
        }
    }

    private static void takeIn(Transaction tx, String connection, VersionFilter filter) throws SQLException {
        List<Block> more;
        do {
            more = filter.full() ? List.of() : blocks(tx, connection, filter.added(connection), "");
            for (Block block : more) {
                filter.add(connection, block.id(), block.size(), block.content());
            }
        } while (more.size() == BLOCKS);
    }

    private Set<Version> known(Transaction tx, String connection, List<Version> versions) throws SQLException {
        Set<Version> known = new HashSet<>();
        if (versions.isEmpty()) {
            return known;
        }
        // The same filter throughout, and what it has not taken in before it is asked.
        VersionFilter current = filter;
        long added = current.added(connection);
        Found found = current.find(connection, versions);
        for (Range range : found.blocks()) {
            search(tx, connection, range, found.versions(), known);
        }
        search(tx, connection, new Range(added + 1, Long.MAX_VALUE), versions, known);
        addRows(tx, connection, versions, known);
        return known;
    }

    private static void search(
            Transaction tx, String connection, Range range, Collection<Version> versions, Set<Version> known)
            throws SQLException {
        Set<Version> wanted = new HashSet<>();
        Set<Long> hashes = new HashSet<>();
        LongSummaryStatistics times = times(versions);
        List<Block> blocks;
        long last = range.from() - 1;
        do {
            blocks = blocks(
                    tx,
                    connection,
                    last,
                    "AND id <= ? AND first_ns <= ? AND last_ns >= ?",
                    range.to(),
                    times.getMax(),
                    times.getMin());
            if (wanted.isEmpty() && !blocks.isEmpty()) {
                wanted.addAll(versions);
                wanted.forEach(version -> hashes.add(VersionBlock.hash(connection, version)));
            }
            for (Block block : blocks) {
                last = block.id();
                block.content().versions((updated, hash) -> hashes.contains(hash)).stream()
                        .filter(wanted::contains)
                        .forEach(known::add);
            }
        } while (blocks.size() == BLOCKS);
    }

    /** Adds those versions that were committed before there were blocks. */
    private static void addRows(Transaction tx, String connection, List<Version> versions, Set<Version> known)
            throws SQLException {
        LongSummaryStatistics between = times(versions);
        boolean any = tx.exists(
                "SELECT 1 FROM thread_version WHERE connection = ? AND updated_ns BETWEEN ? AND ? LIMIT 1",
                connection,
                between.getMin(),
                between.getMax());
        if (!any) {
            return;
        }
        // By their own times along the index: the time between the first and the last may hold millions of others.
        List<Long> times = versions.stream().map(Version::updated).toList();
        Set<Version> wanted = new HashSet<>(versions);
        for (int from = 0; from < times.size(); from += TIMES) {
            List<Long> part = times.subList(from, Math.min(times.size(), from + TIMES));
            List<Object> parameters = new ArrayList<>(part);
            parameters.add(0, connection);
            tx
                    .list(
                            "SELECT updated_ns, id FROM thread_version WHERE connection = ? AND updated_ns IN (?"
                                    + ", ?".repeat(part.size() - 1) + ")",
                            row -> new Version(row.getLong(1), row.getString(2)),
                            parameters.toArray())
                    .stream()
                    .filter(wanted::contains)
                    .forEach(known::add);
        }
    }

    /** A page in any order spans its whole window, so most of such a block may go before the rest. */
    private static void trim(Transaction tx, Block block, long from, long to) throws SQLException {
        List<Version> left = block.content().versions((updated, hash) -> updated <= from || updated >= to);
        if (left.size() == block.size()) {
            return;
        }
        if (left.isEmpty()) {
            tx.update("DELETE FROM thread_version_block WHERE id = ?", block.id());
            return;
        }
        LongSummaryStatistics times = times(left);
        // Under its number, where the filters of all nodes find it.
        tx.update(
                "UPDATE thread_version_block SET first_ns = ?, last_ns = ?, size = ?, versions = ? WHERE id = ?",
                times.getMin(),
                times.getMax(),
                left.size(),
                VersionBlock.encode(left),
                block.id());
    }

    /** @return the next of the connection's blocks, in their order */
    private static List<Block> blocks(
            Transaction tx, String connection, long after, String condition, Object... parameters) throws SQLException {
        List<Object> all = new ArrayList<>(List.of(connection, after));
        all.addAll(List.of(parameters));
        return tx.list(
                "SELECT id, size, versions FROM thread_version_block WHERE connection = ? AND id > ? " + condition
                        + " ORDER BY id LIMIT " + BLOCKS,
                row -> new Block(row.getLong(1), row.getInt(2), new VersionBlock(connection, row.getBytes(3))),
                all.toArray());
    }

    private static LongSummaryStatistics times(Collection<Version> versions) {
        return versions.stream().mapToLong(Version::updated).summaryStatistics();
    }

    private void repeat(String connection, long from, long to, Ledger.Work<Boolean> step) {
        while (!Thread.currentThread().isInterrupted()
                && ledger.write(tx -> !needed(tx, connection, from, to) && step.in(tx))) {
            // the next one
        }
    }
}
