package io.threadpost.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.sqlite.SQLiteJDBCLoader;

/**
 * Where native libraries are unpacked to be loaded: beside the ledger, and not in the system's folder for temporary
 * files, which may be mounted read-only or without the right to execute, and which a killed process leaves them in.
 */
public final class NativeLibraries {
    private static final String SQLITE = "org.sqlite.tmpdir";
    private static final List<String> OTHERS =
            List.of("org.xerial.snappy.tempdir", "ZstdTempFolder", "io.netty.native.workdir");
    private static final String TEMPORARY = "java.io.tmpdir";

    private final Path folder;

    /** @param folder is there, and can be written */
    public NativeLibraries(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /**
     * Loads SQLite's library, from the folder or, where that is not allowed, from the system's. What somebody sets by
     * {@code -D} holds.
     *
     * @throws IOException with what is in the way, and what to do, in one line
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

    /** Has the libraries of brokers' clients unpacked here, too, if they are needed. */
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

    /** A library that is loaded needs its file no more, nor do processes that were killed. */
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
            // On Windows it is in use: it goes when the process ends.
            return;
        }
    }
}
