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
        this.directory = settings.files().directory();
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
            write(directory.resolve(content.path()), content.content(), folders);
        }
        for (Path folder : folders) {
            sync(folder);
        }
    }

    private static void write(Path file, byte[] content, Set<Path> folders) throws IOException {
        Path folder = file.getParent();
        create(folder, folders);
        // Synced even when the file is there: the process may have died between its rename and the sync.
        folders.add(folder);
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

    private static void create(Path folder, Set<Path> folders) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            create(folder.getParent(), folders);
            Files.createDirectories(folder);
            if (folder.getParent() != null) {
                folders.add(folder.getParent());
            }
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
