package io.threadpost.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.settings.Settings;

/**
 * The step {@code writeFiles}: writes a list of {@link FileContent}. Each file is written under a temporary name, forced to disk and
 * renamed; in the end the folders are forced to disk, too. A file that is there already is left as it is: names follow from
 * what is in it.
 */
@Singleton
@Unremovable
@Named("writeFiles")
final class WriteFiles implements Processor {
    private final Path directory;

    WriteFiles(Settings settings) {
        this.directory = settings.files().directory().toAbsolutePath().normalize();
    }

    /** @throws IOException when a file cannot be written: the target's failure, not the thread's */
    @Override
    public void process(Exchange exchange) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (Object file : exchange.getMessage().getBody(List.class)) {
            if (!(file instanceof FileContent content)) {
                throw new IllegalArgumentException(
                        "writeFiles needs files to write: put threadsAsJson, threadsAsNdjson or threadsAsCsv before it");
            }
            write(inside(content.path()), content.content(), folders);
        }
        for (Path folder : folders) {
            sync(folder);
        }
    }

    private Path inside(Path path) {
        Path file = directory.resolve(path).normalize();
        if (!file.startsWith(directory) || file.equals(directory)) {
            throw new IllegalArgumentException(path + " is outside of threadpost.files.directory");
        }
        return file;
    }

    private void write(Path file, byte[] content, Set<Path> folders) throws IOException {
        Path folder = file.getParent();
        Files.createDirectories(folder);
        // Synced up to the top, and even when all is there: a process may have died between its rename and the sync.
        for (Path above = folder; above != null && above.startsWith(directory); above = above.getParent()) {
            folders.add(above);
        }
        if (Files.exists(file)) {
            return;
        }
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(false);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
