package io.threadpost.ledger;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables of a database as they are, on either of the two: their columns, and the last number that each gave. */
public final class LedgerTables {
    private final Connection connection;
    private final boolean sqlite;

    private LedgerTables(Connection connection, boolean sqlite) {
        this.connection = connection;
        this.sqlite = sqlite;
    }

    public static LedgerTables of(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        return new LedgerTables(connection, metaData.getDatabaseProductName().equals("SQLite"));
    }

    /** @return the names of all tables, Flyway's too */
    public SortedSet<String> names() throws SQLException {
        return new TreeSet<>(strings(
                sqlite
                        ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                        : "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
                                + " AND table_type = 'BASE TABLE'"));
    }

    /** @return the columns of a table in their order, with their types in the words of the database */
    public Map<String, String> columns(String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        String query = sqlite
                ? "SELECT name, type FROM pragma_table_info(?) ORDER BY cid"
                : "SELECT column_name, udt_name FROM information_schema.columns WHERE table_schema = current_schema()"
                        + " AND table_name = ? ORDER BY ordinal_position";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return columns;
    }

    /**
     * The last number that each table gave to a row, which may be gone; 0 for one that gave none. On PostgreSQL it is
     * that of now, also within a snapshot: no row of the snapshot has a higher one.
     */
    public Map<String, Long> lastNumbers() throws SQLException {
        Map<String, Long> numbers = new TreeMap<>();
        if (sqlite) {
            for (String table : strings("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")) {
                numbers.put(table, 0L);
            }
            if (!numbers.isEmpty()) {
                each("SELECT name, seq FROM sqlite_sequence", rows -> numbers.put(rows.getString(1), rows.getLong(2)));
            }
            return numbers;
        }
        for (Map.Entry<String, String> identity : identities().entrySet()) {
            String sequence = "pg_get_serial_sequence('" + identity.getKey() + "', '" + identity.getValue() + "')";
            String name = strings("SELECT " + sequence).get(0);
            each(
                    "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM " + name,
                    rows -> numbers.put(identity.getKey(), rows.getLong(1)));
        }
        return numbers;
    }

    /** Makes each table go on after the given number; takes effect with the transaction. */
    public void continueAfter(Map<String, Long> lastNumbers) throws SQLException {
        Map<String, String> identities = sqlite ? Map.of() : identities();
        for (Map.Entry<String, Long> last : lastNumbers.entrySet()) {
            if (sqlite) {
                change("DELETE FROM sqlite_sequence WHERE name = '" + last.getKey() + "'");
                change("INSERT INTO sqlite_sequence (name, seq) VALUES ('" + last.getKey() + "', " + last.getValue()
                        + ")");
            } else {
                change("ALTER TABLE " + last.getKey() + " ALTER COLUMN " + identities.get(last.getKey())
                        + " RESTART WITH " + (last.getValue() + 1));
            }
        }
    }

    /** @return from a table to its column with a number that is never used twice; PostgreSQL only */
    private Map<String, String> identities() throws SQLException {
        Map<String, String> identities = new TreeMap<>();
        each(
                "SELECT table_name, column_name FROM information_schema.columns"
                        + " WHERE table_schema = current_schema() AND is_identity = 'YES'",
                rows -> identities.put(rows.getString(1), rows.getString(2)));
        return identities;
    }

    private List<String> strings(String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        each(query, rows -> strings.add(rows.getString(1)));
        return strings;
    }

    private void each(String query, Reading reading) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                reading.read(rows);
            }
        }
    }

    private void change(String statement) throws SQLException {
        try (Statement change = connection.createStatement()) {
            change.executeUpdate(statement);
        }
    }

    @FunctionalInterface
    private interface Reading {
        void read(ResultSet rows) throws SQLException;
    }
}
