package io.threadpost.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

import io.threadpost.disk.FolderSync;
import io.threadpost.ledger.LedgerDriver;
import io.threadpost.ledger.LedgerSchema;
import io.threadpost.ledger.LedgerTables;
import io.threadpost.ledger.PrivateFile;
import io.threadpost.settings.LedgerSettings;

/** A ledger in a portable file: an SQLite database that nothing else belongs to, readable by its owner alone. */
final class BackupFile {
    /** The table that makes a ledger a backup; no migration knows it. */
    static final String MANIFEST = "threadpost_backup";

    private final Path path;

    BackupFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /**
     * What a backup is.
     *
     * @param taken the moment that it shows
     * @param version of its schema
     */
    record Manifest(Instant taken, int version) {}

    Path path() {
        return path;
    }

    /** A source of connections to it; a missing file becomes an empty database. */
    DataSource source() {
        return new LedgerDriver(new LedgerSettings("jdbc:sqlite:" + path, "", "")).source();
    }

    /** Makes it an empty file for its owner alone, whatever it was. */
    void create() throws IOException {
        delete();
        new PrivateFile(path).ensure();
    }

    void delete() throws IOException {
        for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + suffix));
        }
    }

    /** Declares that the ledger in it is complete. */
    void complete(Instant taken) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = DELETE");
            statement.execute("CREATE TABLE " + MANIFEST + " (taken BIGINT NOT NULL)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO " + MANIFEST + " (taken) VALUES (?)")) {
                insert.setLong(1, taken.toEpochMilli());
                insert.executeUpdate();
            }
            verify(statement);
        }
    }

    private static void verify(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            String result = rows.next() ? rows.getString(1) : "no answer";
            if (!result.equals("ok")) {
                throw new SQLException("the file is damaged: " + result);
            }
        }
    }

    /**
     * Reads what it is, and verifies all of it.
     *
     * @throws IOException when it is no complete backup, in one line for people
     */
    Manifest manifest() throws IOException {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IOException("`" + path + "` is not a file that can be read; name a file that `threadpost backup`"
                    + " has written");
        }
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            if (!LedgerTables.of(connection).names().contains(MANIFEST)) {
                throw new IOException(
                        "`" + path + "` is not a backup; name a file that `threadpost backup` has written");
            }
            verify(statement);
            try (ResultSet rows = statement.executeQuery("SELECT taken FROM " + MANIFEST)) {
                rows.next();
                return new Manifest(Instant.ofEpochMilli(rows.getLong(1)), LedgerSchema.version(connection));
            }
        } catch (SQLException e) {
            throw new IOException(
                    "`" + path + "` cannot be used as a backup: " + e.getMessage() + "; use another one", e);
        }
    }

    /** Gives it another name, after all of it is on disk; a file of that name is replaced. */
    void moveTo(Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        new FolderSync().sync(target.toAbsolutePath().getParent());
    }
}
