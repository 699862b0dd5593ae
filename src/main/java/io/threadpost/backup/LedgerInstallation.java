package io.threadpost.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

import io.threadpost.disk.PrivateFolder;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerDriver;
import io.threadpost.ledger.LedgerSchema;
import io.threadpost.ledger.PrivateFile;
import io.threadpost.settings.LedgerSettings;

/** Makes a prepared file the ledger, as a whole or not at all. No process uses the ledger meanwhile. */
final class LedgerInstallation {
    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final LedgerSettings settings;
    private final Path folder;
    private final LedgerDriver ledger;

    /** @param home the working directory; the ledger's folder is created when it is missing */
    LedgerInstallation(LedgerSettings settings, Path home) throws IOException {
        this.settings = settings;
        this.folder = home.resolve(settings.folder()).toAbsolutePath();
        this.ledger = new LedgerDriver(settings);
        new PrivateFolder(folder).create();
    }

    /** Where the other state is: beside the file, and in {@code state} with PostgreSQL. */
    Path folder() {
        return folder;
    }

    /** The last thing before the new ledger is there. */
    @FunctionalInterface
    interface BeforeCommit {
        void run() throws SQLException, IOException;
    }

    /** The ledger's time: the server's on PostgreSQL. */
    Instant now() throws SQLException {
        if (ledger.dialect() == Dialect.SQLITE) {
            return Instant.now();
        }
        try (Connection connection = ledger.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")) {
            row.next();
            return Instant.ofEpochMilli(row.getLong(1));
        }
    }

    /** @return whether the ledger holds nothing but what its migrations write */
    boolean isEmpty() throws SQLException, IOException {
        try (Connection connection = ledger.source().getConnection()) {
            return isEmpty(connection);
        }
    }

    private boolean isEmpty(Connection connection) throws SQLException, IOException {
        int version = LedgerSchema.version(connection);
        if (version == 0) {
            return true;
        }
        BackupFile fresh = new BackupFile(work("fresh"));
        try {
            fresh.create();
            new LedgerSchema(Dialect.SQLITE).migrate(fresh.source(), version);
            try (Connection migrated = fresh.source().getConnection()) {
                return counts(connection).equals(counts(migrated));
            }
        } finally {
            fresh.delete();
        }
    }

    private static Map<String, Long> counts(Connection connection) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            for (String table : RowCopy.tables(connection)) {
                try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
                    row.next();
                    counts.put(table, row.getLong(1));
                }
            }
        }
        return counts;
    }

    /** @return a file next to the ledger, which is in the way of nobody */
    Path work(String purpose) {
        return folder.resolve("ledger-" + purpose + ".tmp");
    }

    /**
     * Makes a file the ledger.
     *
     * @param prepared of this build's version; gone afterwards
     * @param replace whether the ledger may hold something
     * @return the file in which the ledger of before is kept; empty when that was empty
     */
    Optional<Path> install(BackupFile prepared, boolean replace, BeforeCommit beforeCommit)
            throws SQLException, IOException {
        boolean empty = isEmpty();
        if (!empty && !replace) {
            throw notEmpty();
        }
        Optional<Path> kept = empty ? Optional.empty() : Optional.of(kept());
        if (ledger.dialect() == Dialect.SQLITE) {
            replaceFile(prepared, kept, beforeCommit);
        } else {
            if (kept.isPresent()) {
                new LedgerBackup(settings).write(kept.get());
            }
            replaceRows(prepared, replace, beforeCommit);
            prepared.delete();
        }
        return kept;
    }

    IOException notEmpty() {
        return new IOException("the ledger " + name(settings)
                + " is not empty; name another one in threadpost.ledger.url, or add --replace to replace it");
    }

    private Path kept() {
        return folder.resolve("ledger-replaced-" + SUFFIX.format(Instant.now()) + ".db");
    }

    private void replaceFile(BackupFile prepared, Optional<Path> kept, BeforeCommit beforeCommit)
            throws SQLException, IOException {
        Path file = settings.sqliteFile().toAbsolutePath();
        // A write-ahead log that is left would be applied to the new file.
        try (Connection connection = ledger.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            statement.execute("PRAGMA journal_mode = DELETE");
        } catch (SQLException e) {
            throw new IOException(
                    "the ledger " + file + " cannot be read: " + e.getMessage()
                            + "; move it and its -wal file away, and run this again",
                    e);
        }
        if (kept.isPresent()) {
            new PrivateFile(kept.get()).ensure();
            Files.copy(file, kept.get(), StandardCopyOption.REPLACE_EXISTING);
            new PrivateFile(kept.get()).restrict();
            new BackupFile(kept.get()).complete(Instant.now());
        }
        beforeCommit.run();
        prepared.moveTo(file);
    }

    private void replaceRows(BackupFile prepared, boolean replace, BeforeCommit beforeCommit)
            throws SQLException, IOException {
        LedgerSchema schema = new LedgerSchema(Dialect.POSTGRESQL);
        schema.migrate(ledger.source(), schema.newest());
        try (Connection from = prepared.source().getConnection();
                Connection to = ledger.source().getConnection();
                Statement statement = to.createStatement()) {
            to.setAutoCommit(false);
            SortedSet<String> tables = RowCopy.tables(to);
            // A node that starts now waits until the ledger is complete.
            statement.execute("LOCK TABLE " + String.join(", ", tables) + " IN ACCESS EXCLUSIVE MODE");
            if (!replace && !isEmpty(to)) {
                throw notEmpty();
            }
            statement.execute("TRUNCATE " + String.join(", ", tables));
            new RowCopy(from, to).run();
            beforeCommit.run();
            to.commit();
        }
    }

    /** @return how people call a ledger: its URL without parameters, which may be secrets */
    static String name(LedgerSettings settings) {
        return settings.url().replaceFirst("\\?.*", "");
    }
}
