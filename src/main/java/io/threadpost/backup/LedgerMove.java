package io.threadpost.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.threadpost.ledger.LedgerDriver;
import io.threadpost.ledger.LedgerLock;
import io.threadpost.ledger.LedgerSchema;
import io.threadpost.ledger.PrivateFile;
import io.threadpost.settings.LedgerSettings;

/**
 * Moves a ledger to another database. The old one keeps its rows, but no process can start on it: two processes that
 * went on from the same rows would do everything twice. It is closed before the new one opens, so that a move that is
 * killed leaves at most one that can be started, and can be run again.
 */
public final class LedgerMove {
    private final LedgerSettings from;
    private final LedgerSettings to;
    private final Path home;

    /**
     * A move. The folder of a file exists, and SQLite's library is loaded in any case.
     *
     * @param home the working directory
     */
    public LedgerMove(LedgerSettings from, LedgerSettings to, Path home) {
        this.from = from;
        this.to = to;
        this.home = home;
    }

    /**
     * Moves it.
     *
     * @param replace whether the new ledger may hold something
     * @return the file with what the new ledger held before; empty when that was empty
     * @throws IOException in one line for people
     */
    public Optional<Path> move(boolean replace) throws IOException {
        return move(replace, () -> {});
    }

    /** @param closed runs when the old ledger is closed, and the new one is not there yet */
    Optional<Path> move(boolean replace, Runnable closed) throws IOException {
        if (from.url().equals(to.url())) {
            throw new IOException("threadpost.ledger.url names this ledger already; set it to the new one first");
        }
        if (!from.postgresql() && !Files.exists(from.sqliteFile())) {
            throw new IOException("there is no ledger " + from.sqliteFile() + "; name the one that was used until now");
        }
        LedgerInstallation installation = new LedgerInstallation(to, home);
        BackupFile work = new BackupFile(installation.work("move"));
        try (LedgerLock source = LedgerLock.take(from);
                LedgerLock target = LedgerLock.take(to)) {
            new RunningNodes(from).requireNone();
            new RunningNodes(to).requireNone();
            if (!replace && !installation.isEmpty()) {
                throw installation.notEmpty();
            }
            LedgerDriver driver = new LedgerDriver(from);
            LedgerSchema schema = new LedgerSchema(driver.dialect());
            schema.migrate(driver.source(), schema.newest());
            new LedgerSnapshot(driver).write(work);
            PreparedLedger prepared = new PreparedLedger(work);
            prepared.migrate();
            Instant now = installation.now();
            prepared.moved(now, LedgerInstallation.name(from));
            copyTokens(home.resolve(from.folder()).toAbsolutePath(), installation.folder());
            return install(installation, work, replace, now, closed);
        } catch (SQLException e) {
            throw new IOException(
                    "the ledger cannot be moved from " + LedgerInstallation.name(from) + " to "
                            + LedgerInstallation.name(to) + ": " + e.getMessage()
                            + "; run this again, or set threadpost.ledger.url back and start",
                    e);
        } finally {
            work.delete();
        }
    }

    private Optional<Path> install(
            LedgerInstallation installation, BackupFile work, boolean replace, Instant now, Runnable closed)
            throws SQLException, IOException {
        AtomicBoolean committing = new AtomicBoolean();
        try {
            return installation.install(work, replace, () -> {
                mark(connection ->
                        PreparedLedger.record(connection, "moved-away", now, now, LedgerInstallation.name(to)));
                // A supervisor may have started one while rows were copied.
                new RunningNodes(from).requireNone();
                closed.run();
                committing.set(true);
            });
        } catch (SQLException | IOException | RuntimeException e) {
            if (committing.get()) {
                // The new ledger may be there, such as when the connection is lost during the commit.
                throw new IOException(
                        "it is not known whether the ledger was moved to " + LedgerInstallation.name(to) + ": "
                                + e.getMessage()
                                + "; run this again, and if the new ledger is not empty then, it was: just start",
                        e);
            }
            mark(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate(
                            "DELETE FROM ledger_history WHERE event = 'moved-away' AND at = " + now.toEpochMilli());
                }
            });
            throw e;
        }
    }

    private void mark(Marking marking) throws SQLException {
        try (Connection connection = new LedgerDriver(from).source().getConnection();
                Statement statement = connection.createStatement()) {
            if (from.postgresql()) {
                // Both URLs may name the same database, which is locked now.
                statement.execute("SET lock_timeout = '10s'");
            }
            marking.in(connection);
        }
    }

    /** Refresh tokens that a mail server has replaced: what the settings name no longer works. */
    private static void copyTokens(Path old, Path folder) throws IOException {
        if (old.equals(folder) || !Files.isDirectory(old)) {
            return;
        }
        try (DirectoryStream<Path> tokens = Files.newDirectoryStream(old, "*.token")) {
            for (Path token : tokens) {
                Path copy = folder.resolve(token.getFileName());
                new PrivateFile(copy).ensure();
                Files.copy(token, copy, StandardCopyOption.REPLACE_EXISTING);
                new PrivateFile(copy).restrict();
            }
        }
    }

    @FunctionalInterface
    private interface Marking {
        void in(Connection connection) throws SQLException;
    }
}
