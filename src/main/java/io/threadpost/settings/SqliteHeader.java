package io.threadpost.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The first bytes of a file, by which SQLite knows its databases.
 *
 * @param file exists
 */
record SqliteHeader(Path file) {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /**
     * Whether SQLite opens it: it is a database, or an empty file, which becomes one. False also when it cannot be
     * read.
     */
    boolean is() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(MAGIC.length);
            return head.length == 0 || Arrays.equals(head, MAGIC);
        } catch (IOException e) {
            return false;
        }
    }
}
