package io.threadpost.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

import io.threadpost.ledger.LedgerDriver;
import io.threadpost.settings.LedgerSettings;

/** Backs up a ledger, whether processes use it or not. */
public final class LedgerBackup {
    private final LedgerSettings settings;

    /** @param settings which ledger; SQLite's library is loaded, also for a ledger on PostgreSQL */
    public LedgerBackup(LedgerSettings settings) {
        this.settings = settings;
    }

    /**
     * Writes a backup.
     *
     * @param file does not exist yet; it appears when it is complete and on disk
     * @return its size in bytes
     * @throws IOException in one line for people; then there is no file
     */
    public long write(Path file) throws IOException {
        Path target = file.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            throw new IOException("`" + file + "` exists; name a file that does not");
        }
        if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
            throw new IOException("there is no folder `" + target.getParent() + "`; create it, or name another one");
        }
        if (!settings.postgresql() && !Files.exists(settings.sqliteFile())) {
            throw new IOException("there is no ledger " + settings.sqliteFile()
                    + "; run this where application.properties is, or correct threadpost.ledger.url");
        }
        BackupFile part = new BackupFile(target.resolveSibling(target.getFileName() + ".part"));
        try {
            new LedgerSnapshot(new LedgerDriver(settings)).write(part);
            long size = Files.size(part.path());
            part.moveTo(target);
            return size;
        } catch (SQLException e) {
            throw new IOException(
                    "the ledger cannot be backed up: " + e.getMessage()
                            + "; nothing was changed, and there is no backup",
                    e);
        } finally {
            part.delete();
        }
    }
}
