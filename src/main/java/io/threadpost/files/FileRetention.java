package io.threadpost.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Deletes the files that were kept for {@code threadpost.files.keep}, as far as Threadpost has named them itself: a
 * file that a route names may be a person's concern. Links are not followed, and nothing is deleted without that
 * setting.
 */
@Singleton
public final class FileRetention {
    private static final Logger LOG = Logger.getLogger(FileRetention.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    /** As {@link ThreadsAsJson} and {@link FileContent} name them, also under their temporary names. */
    private static final Pattern OWN =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d(\\.\\d+)?Z_[A-Za-z0-9_-]+\\.json"
                    + "|batch-\\d{12}-[0-9a-f]{8}\\.(csv|ndjson)");

    /** The second part is there when two nodes wrote the same file. */
    private static final Pattern TEMPORARY = Pattern.compile("^\\.(.*?)(\\.[0-9a-f-]{36})?\\.tmp$");

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    private final Path directory;
    private final Optional<Duration> keep;
    private Instant next = Instant.MIN;

    FileRetention(Settings settings) {
        this.directory =
                settings.get(SettingsCatalogue.FILES_DIRECTORY).toAbsolutePath().normalize();
        this.keep = settings.find(SettingsCatalogue.FILES_KEEP);
    }

    /** Deletes what is due, once an hour, however often it is called. */
    public synchronized void run() {
        Instant now = Instant.now();
        if (keep.isPresent() && !now.isBefore(next)) {
            next = now.plus(PAUSE);
            int deleted = delete(now.minus(keep.get()));
            if (deleted > 0) {
                LOG.infof("%d files are deleted: they are older than threadpost.files.keep", deleted);
            }
        }
    }

    /** @return files deleted */
    int delete(Instant before) {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        int[] deleted = {0};
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    boolean old = attributes.lastModifiedTime().toInstant().isBefore(before);
                    if (attributes.isRegularFile() && old && isOwn(file) && Files.deleteIfExists(file)) {
                        deleted[0]++;
                    }
                    return Thread.currentThread().isInterrupted()
                            ? FileVisitResult.TERMINATE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    deleteDay(folder, before);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("old files below " + directory + " cannot be deleted: " + e, e);
        }
        return deleted[0];
    }

    private static boolean isOwn(Path file) {
        String name = file.getFileName().toString();
        return OWN.matcher(TEMPORARY.matcher(name).replaceFirst("$1")).matches();
    }

    /** A new file may arrive in it meanwhile; then it is not empty, and stays. */
    private void deleteDay(Path folder, Instant before) throws IOException {
        boolean day = !folder.equals(directory)
                && DAY.matcher(folder.getFileName().toString()).matches();
        if (day && folder.getFileName().toString().compareTo(before.toString()) < 0) {
            boolean empty;
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                empty = !files.iterator().hasNext();
            }
            if (empty && !folder.toFile().delete()) {
                LOG.debugf("%s is no longer empty", folder);
            }
        }
    }
}
