package io.threadpost.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.threadpost.settings.LedgerSettings;

/** The operating system's lock on a SQLite ledger: held by one process, gone with it however it ends. */
public final class LedgerLock implements AutoCloseable {
    /** Both null for a ledger that is shared. */
    private final FileChannel channel;

    private final Path file;

    private LedgerLock(FileChannel channel, Path file) {
        this.channel = channel;
        this.file = file;
    }

    /**
     * @param settings which ledger; the folder of a SQLite file exists. PostgreSQL is shared, and needs no lock
     * @throws IOException with one line for people: another process holds the ledger, or the folder cannot be written
     */
    public static LedgerLock take(LedgerSettings settings) throws IOException {
        return settings.postgresql() ? new LedgerLock(null, null) : take(settings.sqliteFile());
    }

    private static LedgerLock take(Path ledger) throws IOException {
        Path file = ledger.resolveSibling(ledger.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by this very process: as good as held by another
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new IOException("another process is running on the ledger " + ledger
                    + "; stop it first, or set threadpost.ledger.url to another file");
        }
        return new LedgerLock(channel, file);
    }

    /** Takes the lock's file away after a start that failed, so that it leaves nothing behind; while the lock is still held. */
    public void discard() {
        if (file != null) {
            file.toFile().delete();
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
