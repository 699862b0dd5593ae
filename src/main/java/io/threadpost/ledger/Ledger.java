package io.threadpost.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

/** The database that survives a crash. A write is on disk when it returns; a write that throws did nothing. */
public final class Ledger {
    /** Each waits for readers as long as the database's busy timeout. */
    private static final int CHECKPOINTS = 3;

    private static final long IN_MEMORY = 64L << 20;
    private static final String STATISTICS = "VACUUM (FULL) pg_catalog.pg_statistic";

    private final DataSource source;
    private final Dialect dialect;
    private final UnaryOperator<String> redact;
    private final ProcessClock clock;
    private final String process = UUID.randomUUID().toString();
    private final AtomicLong owners = new AtomicLong();
    /** SQLite knows one writer: waiting here is fair and costs no busy timeout. */
    private final Lock writer = new ReentrantLock(true);
    /** What the next write of a thread does as well. */
    private final ThreadLocal<Work<?>> joined = new ThreadLocal<>();

    /**
     * @param source a migrated database of that dialect
     * @param redact removes secrets from texts for people
     */
    public Ledger(DataSource source, Dialect dialect, UnaryOperator<String> redact) {
        this(source, dialect, redact, new ProcessClock());
    }

    Ledger(DataSource source, Dialect dialect, UnaryOperator<String> redact, ProcessClock clock) {
        this.source = source;
        this.dialect = dialect;
        this.redact = redact;
        this.clock = clock;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** @return the clock that leases and retries follow on SQLite */
    public ProcessClock clock() {
        return clock;
    }

    /** @return the identity of this process among those that share the ledger */
    public String process() {
        return process;
    }

    /** @return a new name for somebody who takes leases; {@link #process} and a slash precede it */
    public String newOwner() {
        return process + "/" + owners.incrementAndGet();
    }

    /**
     * Runs the work as one transaction.
     *
     * @return what the work returns
     * @throws LedgerException when the database refuses; what the work throws is rethrown unchanged after the rollback
     */
    public <T> T write(Work<T> work) {
        if (dialect.shared()) {
            return transact(work);
        }
        writer.lock();
        try {
            return transact(work);
        } finally {
            writer.unlock();
        }
    }

    /** Runs the work as one transaction, as {@link #write} does. */
    public void execute(Task work) {
        write(tx -> {
            work.in(tx);
            return null;
        });
    }

    /**
     * Runs an action whose first write transaction does something else as well, so that both take effect or neither.
     *
     * @param also is not done when the action writes nothing
     * @return what the action returns
     */
    public <T> T joining(Work<?> also, Supplier<T> action) {
        joined.set(also);
        try {
            return action.get();
        } finally {
            joined.remove();
        }
    }

    /** Runs work that only reads, outside of any transaction: each statement sees what is committed. */
    public <T> T read(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.in(new Transaction(connection, dialect, clock, redact));
        } catch (SQLException e) {
            throw failure("read", e);
        }
    }

    /**
     * Rewrites the database, so that what was deleted and overwritten remains in none of its pages. Others wait
     * meanwhile: about as long as copying the database takes.
     *
     * @param tables those that were changed; SQLite rewrites all
     * @return what could not be done, one line for people each
     */
    public List<String> scrub(List<String> tables) {
        if (dialect.shared()) {
            return scrubTables(tables);
        }
        writer.lock();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            vacuum(statement);
            for (int tried = 0; tried < CHECKPOINTS; tried++) {
                try (ResultSet busy = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                    if (busy.next() && busy.getInt(1) == 0) {
                        return List.of();
                    }
                }
            }
            return List.of("the log of the ledger could not be emptied, since it is being read; repeat this");
        } catch (SQLException e) {
            return List.of("the ledger could not be rewritten: " + e.getMessage() + "; make room on its disk, or name a"
                    + " writable folder in the environment variable SQLITE_TMPDIR, and repeat this");
        } finally {
            writer.unlock();
        }
    }

    /** A small database needs no temporary file, which a container may have no folder for. */
    private static void vacuum(Statement statement) throws SQLException {
        long bytes;
        try (ResultSet size =
                statement.executeQuery("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")) {
            bytes = size.next() ? size.getLong(1) : Long.MAX_VALUE;
        }
        statement.execute("PRAGMA temp_store = " + (bytes <= IN_MEMORY ? "MEMORY" : "FILE"));
        try {
            statement.execute("VACUUM");
        } finally {
            statement.execute("PRAGMA temp_store = DEFAULT");
        }
    }

    private List<String> scrubTables(List<String> tables) {
        List<String> undone = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '10s'");
            try {
                for (String table : tables) {
                    attempt(statement, "VACUUM (FULL, ANALYZE) " + table, undone);
                }
                // The planner's statistics hold samples of values. Who may not rewrite them gets a warning only.
                if (isOwner(statement)) {
                    attempt(statement, STATISTICS, undone);
                } else {
                    undone.add("have an administrator of the database run " + STATISTICS
                            + ": the planner's statistics hold samples of values");
                }
                attempt(statement, "CHECKPOINT", undone);
            } finally {
                statement.execute("RESET lock_timeout");
            }
        } catch (SQLException e) {
            throw failure("rewritten", e);
        }
        return undone;
    }

    private static boolean isOwner(Statement statement) throws SQLException {
        try (ResultSet owner = statement.executeQuery(
                "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()")) {
            return owner.next() && owner.getBoolean(1);
        }
    }

    private static void attempt(Statement statement, String sql, List<String> undone) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            undone.add("have an administrator of the database run " + sql + ": "
                    + e.getMessage().replaceAll("\\s+", " "));
        }
    }

    private <T> T transact(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            T result;
            try {
                Transaction transaction = new Transaction(connection, dialect, clock, redact);
                result = work.in(transaction);
                Work<?> also = joined.get();
                if (also != null) {
                    also.in(transaction);
                }
                connection.commit();
                joined.remove();
            } catch (SQLException | RuntimeException | Error e) {
                // On a full disk SQLite has rolled back by itself, and refuses both: the reason must not be lost.
                after(e, connection::rollback);
                after(e, () -> connection.setAutoCommit(true));
                throw e;
            }
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException e) {
            throw failure("written", e);
        }
    }

    private interface Cleanup {
        void run() throws SQLException;
    }

    private static void after(Throwable failure, Cleanup cleanup) {
        try {
            cleanup.run();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private LedgerException failure(String what, SQLException e) {
        String reason = dialect.reason(e).map(known -> known + ": ").orElse("") + e.getMessage();
        return new LedgerException("the ledger cannot be " + what + ": " + reason, e);
    }

    /** Work on the database. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Transaction transaction) throws SQLException;
    }

    /** Work in a transaction that returns nothing. */
    @FunctionalInterface
    public interface Task {
        void in(Transaction tx) throws SQLException;
    }
}
