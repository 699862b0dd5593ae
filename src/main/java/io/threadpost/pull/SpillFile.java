package io.threadpost.pull;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import io.threadpost.disk.PrivateFolder;

/**
 * A file for what does not fit into memory. It loses its name as soon as it is open, so that a crash leaves nothing. It
 * is no channel, which an interrupt of its reader would close. Not thread-safe.
 */
final class SpillFile implements AutoCloseable {
    /** Read at once: about as much as one look-up needs. */
    private static final int WINDOW = 192;

    private final Path folder;
    private final byte[] window = new byte[WINDOW];
    private RandomAccessFile file;
    private long start;
    private int length;

    /** @param folder is created when the first bytes are written */
    SpillFile(Path folder) {
        this.folder = folder;
    }

    /** @return where the bytes begin */
    long append(byte[] bytes) throws IOException {
        if (file == null) {
            file = open();
        }
        long end = file.length();
        try {
            file.seek(end);
            file.write(bytes);
        } catch (IOException e) {
            // Half of it would keep the disk full.
            file.setLength(end);
            throw e;
        }
        return end;
    }

    private RandomAccessFile open() throws IOException {
        new PrivateFolder(folder.toAbsolutePath()).create();
        File named = Files.createTempFile(folder, "dedupe-keys-", ".tmp").toFile();
        try {
            return new RandomAccessFile(named, "rw");
        } finally {
            // Elsewhere than on Unix an open file cannot be deleted.
            if (!named.delete()) {
                named.deleteOnExit();
            }
        }
    }

    /** @return the three bytes at a position as a number */
    int threeBytes(long position) throws IOException {
        if (position < start || position + 2 >= start + length) {
            file.seek(position);
            length = Math.max(0, file.read(window));
            start = position;
            if (length <= 2) {
                throw new IOException("the file ends before " + position);
            }
        }
        int at = (int) (position - start);
        return (window[at] & 0xFF) << Short.SIZE | (window[at + 1] & 0xFF) << Byte.SIZE | window[at + 2] & 0xFF;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
