package io.threadpost.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.sqlite.SQLiteJDBCLoader;

/**
 * Where native libraries are unpacked and loaded: next to the ledger, and not in the folder for temporary files, which
 * may be mounted read-only or noexec, and where a killed process leaves them.
 */
public final class NativeLibraries {
    private static final String SQLITE = "org.sqlite.tmpdir";
    private static final List<String> OTHERS =
            List.of("org.xerial.snappy.tempdir", "ZstdTempFolder", "io.netty.native.workdir");
    private static final String TEMPORARY = "java.io.tmpdir";

    private final Path folder;

    /** @param folder exists and is writable */
    public NativeLibraries(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /**
     * Loads SQLite's library from the folder or, if that is not possible, from the system's temporary folder. A folder
     * set by {@code -D} is used alone.
     *
     * @throws IOException with the obstacle and the remedy, in one line
     */
    public void load() throws IOException {
        boolean given = System.getProperty(SQLITE) != null;
        if (!given) {
            System.setProperty(SQLITE, folder.toString());
        }
        String first = System.getProperty(SQLITE);
        boolean loaded = loads();
        clear();
        if (!loaded && !given) {
            System.setProperty(SQLITE, System.getProperty(TEMPORARY));
            loaded = loads();
        }
        if (!loaded) {
            throw new IOException("the database's native library cannot be loaded from `" + first + "`"
                    + (given ? "" : " or `" + System.getProperty(TEMPORARY) + "`")
                    + ": one of them has to be writable, and not mounted noexec; name another folder by -D" + SQLITE
                    + "=FOLDER");
        }
    }

    /** Lets the libraries of the brokers' clients be unpacked here, too, when they are needed. */
    public void hold() {
        for (String property : OTHERS) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, folder.toString());
            }
        }
    }

    private static boolean loads() {
        try {
            return SQLiteJDBCLoader.initialize();
        } catch (Exception | LinkageError e) {
            return false;
        }
    }

    /** Deletes the unpacked files: a loaded library no longer needs its file, and neither does a killed process. */
    private void clear() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "sqlite-*-*sqlitejdbc.*")) {
            for (Path file : files) {
                delete(file);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // On Windows it is in use until the process ends.
            return;
        }
    }
}
