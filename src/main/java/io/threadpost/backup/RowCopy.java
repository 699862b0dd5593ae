package io.threadpost.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

import io.threadpost.ledger.LedgerSchema;
import io.threadpost.ledger.LedgerTables;

/** Copies all rows from one database to another one with the same tables, each on either of the two. */
final class RowCopy {
    private static final int BATCH_ROWS = 500;
    private static final long BATCH_BYTES = 4 << 20;
    /** Rows with bytes are up to a page of threads, or a part of a mail, and are in memory together. */
    private static final int FETCHED_WITH_BYTES = 10;

    private static final int FETCHED = 200;

    private final Connection from;
    private final Connection to;

    /**
     * A copy.
     *
     * @param from a snapshot, or a database that nobody writes; without auto-commit, else PostgreSQL sends a table at
     *     once
     * @param to its tables are empty; without auto-commit
     */
    RowCopy(Connection from, Connection to) {
        this.from = from;
        this.to = to;
    }

    /** @return the tables of a ledger with content */
    static SortedSet<String> tables(Connection connection) throws SQLException {
        SortedSet<String> tables = LedgerTables.of(connection).names();
        tables.remove(LedgerSchema.HISTORY);
        tables.remove(BackupFile.MANIFEST);
        return tables;
    }

    /**
     * Copies all tables, and makes them continue their numbers.
     *
     * @return the number of rows
     */
    long run() throws SQLException {
        SortedSet<String> tables = tables(to);
        if (!tables.equals(tables(from))) {
            throw new SQLException("the two have different tables: " + tables(from) + " and " + tables);
        }
        long rows = 0;
        for (String table : tables) {
            rows += copy(table);
        }
        LedgerTables.of(to).continueAfter(LedgerTables.of(from).lastNumbers());
        return rows;
    }

    private long copy(String table) throws SQLException {
        Map<String, String> columns = LedgerTables.of(to).columns(table);
        List<String> types = new ArrayList<>(columns.values());
        String names = String.join(", ", columns.keySet());
        String insert = "INSERT INTO " + table + " (" + names + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        long rows = 0;
        long bytes = 0;
        try (Statement select = from.createStatement();
                PreparedStatement add = to.prepareStatement(insert)) {
            select.setFetchSize(types.stream().anyMatch(RowCopy::isBytes) ? FETCHED_WITH_BYTES : FETCHED);
            try (ResultSet row = select.executeQuery("SELECT " + names + " FROM " + table)) {
                int waiting = 0;
                while (row.next()) {
                    for (int column = 1; column <= types.size(); column++) {
                        bytes += set(add, column, types.get(column - 1), row.getObject(column));
                    }
                    add.addBatch();
                    rows++;
                    waiting++;
                    if (waiting == BATCH_ROWS || bytes >= BATCH_BYTES) {
                        add.executeBatch();
                        waiting = 0;
                        bytes = 0;
                    }
                }
                add.executeBatch();
            }
        }
        return rows;
    }

    private static boolean isBytes(String type) {
        return type.equals("bytea") || type.equalsIgnoreCase("BLOB");
    }

    /** @return roughly how many bytes the value takes */
    private static long set(PreparedStatement add, int column, String type, Object value) throws SQLException {
        if (value == null) {
            add.setNull(column, Types.OTHER);
            return 1;
        }
        if (value instanceof byte[] bytes) {
            add.setBytes(column, bytes);
            return bytes.length;
        }
        if (type.equals("bool") && value instanceof Number number) {
            add.setBoolean(column, number.longValue() != 0);
            return 1;
        }
        if (value instanceof Number number && !(value instanceof Double)) {
            add.setLong(column, number.longValue());
            return Long.BYTES;
        }
        if (value instanceof String text) {
            // PostgreSQL's texts cannot hold NUL.
            add.setString(column, text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD'));
            return text.length();
        }
        add.setObject(column, value);
        return Long.BYTES;
    }
}
