package io.threadpost.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerDriver;
import io.threadpost.ledger.LedgerSchema;
import io.threadpost.ledger.LedgerTables;

/** Writes a ledger as it is at one moment to a file, while its processes go on. */
final class LedgerSnapshot {
    private final LedgerDriver ledger;

    LedgerSnapshot(LedgerDriver ledger) {
        this.ledger = ledger;
    }

    /**
     * Writes it.
     *
     * @param file is replaced
     * @throws SQLException when one of the two databases refuses
     * @throws IOException when there is no ledger, or one of a newer build
     */
    void write(BackupFile file) throws SQLException, IOException {
        file.create();
        try (Connection connection = ledger.source().getConnection()) {
            int version = LedgerSchema.version(connection);
            int newest = new LedgerSchema(ledger.dialect()).newest();
            if (version == 0) {
                throw new IOException("there is no ledger yet; it is created at the first start");
            }
            if (version > newest) {
                throw new IOException("the ledger is of version " + version + ", and this build knows versions up to "
                        + newest + "; use the build that it runs with");
            }
            Instant taken = Instant.now();
            if (ledger.dialect() == Dialect.SQLITE) {
                vacuum(connection, file);
            } else {
                copy(connection, version, file);
            }
            file.complete(taken);
        }
    }

    /**
     * A read transaction, which stops no writer. The online backup of SQLite would start again at each write of another
     * process, and never end on a busy ledger. What was deleted is not in the copy.
     */
    private static void vacuum(Connection connection, BackupFile file) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, file.path().toString());
            statement.execute();
        }
    }

    private static void copy(Connection connection, int version, BackupFile file) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        // The snapshot begins with the first query.
        LedgerTables.of(connection).names();
        new LedgerSchema(Dialect.SQLITE).migrate(file.source(), version);
        try (Connection target = file.source().getConnection()) {
            fill(connection, target);
        }
        connection.rollback();
    }

    private static void fill(Connection connection, Connection target) throws SQLException {
        try (Statement statement = target.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            target.setAutoCommit(false);
            for (String table : RowCopy.tables(target)) {
                statement.executeUpdate("DELETE FROM " + table);
            }
        }
        new RowCopy(connection, target).run();
        target.commit();
    }
}
