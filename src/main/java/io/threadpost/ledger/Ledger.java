package io.threadpost.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

/** The database that survives a crash. A write is on disk when it returns; a write that throws did nothing. */
public final class Ledger {
    private final DataSource source;
    private final Dialect dialect;
    private final UnaryOperator<String> redact;
    private final ProcessClock clock = new ProcessClock();
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
        this.source = source;
        this.dialect = dialect;
        this.redact = redact;
    }

    public Dialect dialect() {
        return dialect;
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

    private <T> T transact(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Transaction transaction = new Transaction(connection, dialect, clock, redact);
                T result = work.in(transaction);
                Work<?> also = joined.get();
                if (also != null) {
                    also.in(transaction);
                }
                connection.commit();
                joined.remove();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failure("written", e);
        }
    }

    private static LedgerException failure(String what, SQLException e) {
        return new LedgerException("the ledger cannot be " + what + ": " + e.getMessage(), e);
    }

    /** Work on the database. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Transaction transaction) throws SQLException;
    }
}
