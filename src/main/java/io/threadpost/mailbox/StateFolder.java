package io.threadpost.mailbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import io.threadpost.disk.PrivateFolder;
import io.threadpost.settings.LedgerSettings;

/** The folder of the ledger's file, {@code state} with PostgreSQL. Its files are for their owner only. */
final class StateFolder {
    /** No fetch takes this long: the process was killed. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private final Path folder;

    /** @param home the working directory */
    StateFolder(LedgerSettings ledger, Path home) {
        this.folder = home.resolve(ledger.folder());
    }

    /** @return the file for a mailbox's refresh token; it need not exist */
    Path token(String mailbox) {
        return folder.resolve("mailbox-" + mailbox + ".token");
    }

    /** @return a new, empty file for a mail that is fetched; the caller deletes it */
    Path arriving(String mailbox) throws IOException {
        new PrivateFolder(folder.toAbsolutePath()).create();
        return Files.createTempFile(folder, arrivals(mailbox), ".eml");
    }

    /** Deletes files of processes that were killed while they fetched: those mails are fetched again. */
    void clear(String mailbox) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        FileTime since = FileTime.from(Instant.now().minus(LEFT_BEHIND));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, arrivals(mailbox) + "*.eml")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(since) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static String arrivals(String mailbox) {
        return "mailbox-" + mailbox + "-";
    }
}
