package io.threadpost.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One open transaction: statements with positional parameters. Not thread-safe. */
public final class Transaction {
    private final Connection connection;
    private final Dialect dialect;
    private final ProcessClock clock;
    private final UnaryOperator<String> redact;
    private long now = -1;

    Transaction(Connection connection, Dialect dialect, ProcessClock clock, UnaryOperator<String> redact) {
        this.connection = connection;
        this.dialect = dialect;
        this.clock = clock;
        this.redact = redact;
    }

    public Dialect dialect() {
        return dialect;
    }

    /**
     * Now, by the database's clock (on SQLite the process's own), the same for the whole transaction.
     *
     * @return milliseconds since the epoch
     */
    public long now() throws SQLException {
        if (now < 0) {
            now = dialect == Dialect.SQLITE
                    ? clock.millis()
                    : one("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)", row -> row.getLong(1))
                            .orElseThrow();
        }
        return now;
    }

    /**
     * Redacts a text for people before it is stored. Texts of guests are never passed through here: a guest may write a
     * word that happens to be a password.
     *
     * @param words may quote a secret, as error messages do; may be null
     */
    public String redacted(String words) {
        return redact.apply(words);
    }

    /**
     * Runs an INSERT, UPDATE or DELETE.
     *
     * @return the number of rows touched
     */
    public int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /**
     * Changes one row that this process holds by a lease.
     *
     * @param held what it is, for people
     * @return 1
     * @throws LeaseLostException when no row was changed: the condition on the lease does not hold
     */
    public int updateHeld(Object held, String sql, Object... parameters) throws SQLException {
        int rows = update(sql, parameters);
        if (rows != 1) {
            throw new LeaseLostException(held.toString());
        }
        return rows;
    }

    /**
     * Runs an INSERT that ends in {@code RETURNING id}.
     *
     * @return the new id
     */
    public long insert(String sql, Object... parameters) throws SQLException {
        return one(sql, row -> row.getLong(1), parameters).orElseThrow();
    }

    /**
     * Runs a query.
     *
     * @return all its rows, in order
     */
    public <T> List<T> list(String sql, Row<T> row, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        }
    }

    /**
     * Runs a query of at most one row.
     *
     * @return that row, or empty
     */
    public <T> Optional<T> one(String sql, Row<T> row, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        }
    }

    /** @return the first column of each row, as text */
    public List<String> texts(String sql, Object... parameters) throws SQLException {
        return list(sql, row -> row.getString(1), parameters);
    }

    /** @return the first column of the first row; 0 when there is no row, and for NULL */
    public long number(String sql, Object... parameters) throws SQLException {
        return one(sql, row -> row.getLong(1), parameters).orElse(0L);
    }

    /** @return whether a query has a row */
    public boolean exists(String sql, Object... parameters) throws SQLException {
        return one(sql, row -> true, parameters).orElse(false);
    }

    /**
     * Runs one statement for many rows of parameters.
     *
     * @return for each row, how many rows it touched
     */
    public int[] batch(String sql, Iterable<Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] parameters : rows) {
                set(statement, parameters);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            set(statement, parameters);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void set(PreparedStatement statement, Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i] instanceof String text ? withoutNul(text) : parameters[i]);
        }
    }

    /** PostgreSQL's texts cannot hold NUL. */
    private static String withoutNul(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
