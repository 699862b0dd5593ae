package io.threadpost.ledger;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import io.threadpost.settings.LedgerSettings;

/** The operating system's lock on a SQLite ledger: held by one process, and released however it ends. */
public final class LedgerLock implements AutoCloseable {
    /** Null for a ledger that is shared. */
    private final FileChannel channel;
    /** Files to delete after a failed start. */
    private final List<Path> created;

    private LedgerLock(FileChannel channel, List<Path> created) {
        this.channel = channel;
        this.created = created;
    }

    /**
     * Takes the lock, and restricts the ledger's files to their owner. A missing ledger becomes an empty file, which
     * SQLite takes for a new database, and whose permissions it copies to the files next to it.
     *
     * @param settings which ledger; the folder of a SQLite file exists. PostgreSQL is shared, and needs no lock
     * @throws IOException with one line for people: another process holds the ledger, or the folder cannot be written
     */
    public static LedgerLock take(LedgerSettings settings) throws IOException {
        return settings.postgresql() ? new LedgerLock(null, List.of()) : take(settings.sqliteFile());
    }

    private static LedgerLock take(Path ledger) throws IOException {
        Path file = ledger.resolveSibling(ledger.getFileName() + ".lock");
        new PrivateFile(file).ensure();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by this process: the same as held by another
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new IOException("another process is running on the ledger " + ledger
                    + "; stop it first, or set threadpost.ledger.url to another file");
        }
        boolean fresh = new PrivateFile(ledger).ensure();
        for (String beside : List.of("-wal", "-shm")) {
            new PrivateFile(ledger.resolveSibling(ledger.getFileName() + beside)).restrict();
        }
        return new LedgerLock(channel, fresh ? List.of(file, ledger) : List.of(file));
    }

    /**
     * Deletes what it created, after a failed start, while the lock is still held. A ledger that was written to stays.
     */
    public void discard() {
        created.stream().map(Path::toFile).filter(file -> file.length() == 0).forEach(File::delete);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
