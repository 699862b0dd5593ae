package io.threadpost.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerLock;
import io.threadpost.ledger.LedgerSchema;
import io.threadpost.ledger.PrivateFile;
import io.threadpost.settings.LedgerSettings;

/** Makes a backup the ledger. No process uses it meanwhile. */
public final class LedgerRestore {
    private final LedgerSettings settings;
    private final Path home;

    /**
     * A restore.
     *
     * @param settings which ledger; the folder of a file exists, and SQLite's library is loaded in any case
     * @param home the working directory
     */
    public LedgerRestore(LedgerSettings settings, Path home) {
        this.settings = settings;
        this.home = home;
    }

    /**
     * What was restored.
     *
     * @param taken the moment that the ledger shows now
     * @param kept the file with the ledger of before; empty when that was empty
     */
    public record Result(Instant taken, Optional<Path> kept) {}

    /**
     * Restores.
     *
     * @param file a backup of this or an older build; it stays as it is
     * @param replace whether the ledger may hold something
     * @throws IOException in one line for people; then the ledger is as it was
     */
    public Result restore(Path file, boolean replace) throws IOException {
        BackupFile.Manifest manifest = new BackupFile(file).manifest();
        int newest = new LedgerSchema(Dialect.SQLITE).newest();
        if (manifest.version() > newest) {
            throw new IOException("`" + file + "` is a backup of a newer build (version " + manifest.version()
                    + " of the ledger; this build knows versions up to " + newest + "); use that build");
        }
        LedgerInstallation installation = new LedgerInstallation(settings, home);
        BackupFile work = new BackupFile(installation.work("restore"));
        try (LedgerLock lock = LedgerLock.take(settings)) {
            new RunningNodes(settings).requireNone();
            if (!replace && !installation.isEmpty()) {
                throw installation.notEmpty();
            }
            work.create();
            Files.copy(file, work.path(), StandardCopyOption.REPLACE_EXISTING);
            new PrivateFile(work.path()).restrict();
            PreparedLedger prepared = new PreparedLedger(work);
            prepared.migrate();
            prepared.restored(
                    installation.now(), manifest.taken(), file.getFileName().toString());
            return new Result(manifest.taken(), installation.install(work, replace, () -> {}));
        } catch (SQLException e) {
            throw new IOException(
                    "the ledger " + LedgerInstallation.name(settings) + " cannot be restored: " + e.getMessage()
                            + "; it is as it was"
                            + (settings.postgresql()
                                    ? ""
                                    : "; if it is damaged, move it and its -wal file away, and run this again"),
                    e);
        } finally {
            work.delete();
        }
    }
}
