package io.threadpost.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.disk.FileStep;
import io.threadpost.disk.FolderSync;
import io.threadpost.settings.FileAccess;
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
    private final Optional<FileAccess> access;

    private final FolderSync sync;

    WriteFiles(Settings settings, FolderSync sync) {
        this.sync = sync;
        this.access = settings.files().access();
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
            sync.sync(folder);
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
        FileStep.run("creating the folder", folder, () -> create(folder));
        // Synced up to the top, and even when all is there: a process may have died between its rename and the sync.
        for (Path above = folder; above != null && above.startsWith(directory); above = above.getParent()) {
            folders.add(above);
        }
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        FileStep.run("writing", temporary, () -> fill(temporary, content));
        FileStep.run(
                "renaming " + temporary + " to",
                file,
                () -> Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE));
    }

    private void fill(Path file, byte[] content) throws IOException {
        // What a killed process left goes, and so does a link that somebody put there.
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                attributes(false))) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(false);
        }
    }

    /** Below the directory, which may be a link itself, no link leads elsewhere. */
    private void create(Path folder) throws IOException {
        if (!folder.equals(directory)) {
            create(folder.getParent());
            if (Files.isSymbolicLink(folder)) {
                throw new IOException(
                        folder + " is a link, and nothing is written through it; put a folder in its place");
            }
        }
        if (!Files.isDirectory(folder)) {
            if (folder.equals(directory)) {
                Files.createDirectories(folder, access.orElse(FileAccess.GROUP).ofFolder(folder));
            } else {
                try {
                    Files.createDirectory(folder, attributes(true));
                } catch (FileAlreadyExistsException e) {
                    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                        throw e;
                    }
                }
            }
        }
    }

    private FileAttribute<?>[] attributes(boolean folder) throws IOException {
        if (access.isEmpty()) {
            return new FileAttribute<?>[0];
        }
        return folder ? access.get().ofFolder(directory) : access.get().ofFile(directory);
    }
}
