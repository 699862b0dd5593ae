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

/** The folder that the ledger lies in, {@code state} where it is on PostgreSQL. What is in it is for its owner only. */
final class StateFolder {
    /** No mail takes that long to be fetched: the process that began was killed. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private final Path folder;

    /** @param home the working directory */
    StateFolder(LedgerSettings ledger, Path home) {
        this.folder = home.resolve(ledger.folder());
    }

    /** @return where a mailbox's refresh token is kept; the file need not be there */
    Path token(String mailbox) {
        return folder.resolve("mailbox-" + mailbox + ".token");
    }

    /** @return a new, empty file for a mail that is fetched; whoever asks deletes it */
    Path arriving(String mailbox) throws IOException {
        new PrivateFolder(folder.toAbsolutePath()).create();
        return Files.createTempFile(folder, arrivals(mailbox), ".eml");
    }

    /** Deletes mails whose process was killed while it fetched them: they are fetched again. */
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
