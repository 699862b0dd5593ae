package io.threadpost.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.disk.FileOperation;
import io.threadpost.disk.FolderSync;
import io.threadpost.settings.FileAccess;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.spool.SpoolConstants;

/**
 * The step {@code writeFiles}: writes a list of {@link FileContent}. Each file is written under a temporary name,
 * forced to disk and renamed; then the folders are forced to disk. An existing file stays as it is, since names are
 * derived from the content.
 */
@Singleton
@Unremovable
@Named("writeFiles")
public class WriteFiles implements Processor {
    /** Bytes, on nearly all file systems. */
    private static final int LONGEST_NAME = 255;

    private final Path configured;
    private final Path directory;
    private final Optional<FileAccess> access;

    private final FolderSync sync;

    public WriteFiles(Settings settings, FolderSync sync) {
        this.sync = sync;
        this.access = settings.find(SettingsCatalogue.FILES_ACCESS);
        this.configured = settings.get(SettingsCatalogue.FILES_DIRECTORY);
        this.directory = configured.toAbsolutePath().normalize();
    }

    /** @throws IOException when a file cannot be written: the target's failure, not the thread's */
    @Override
    public void process(Exchange exchange) throws IOException {
        List<FileContent> contents = new ArrayList<>();
        for (Object file : exchange.getMessage().getBody(List.class)) {
            if (!(file instanceof FileContent content)) {
                throw new IllegalArgumentException(
                        "writeFiles needs files to write: put threadsAsJson, threadsAsNdjson or"
                                + " threadsAsCsv before it");
            }
            contents.add(content);
        }
        List<String> written = write(contents);
        // One file for each item, or one for all: what a route has rearranged belongs to nobody in particular.
        exchange.setProperty(SpoolConstants.RECEIPT, written.size() == 1 ? written.get(0) : written);
    }

    /** @return the path of each file, as {@code threadpost.files.directory} is written */
    protected List<String> write(List<FileContent> files) throws IOException {
        List<String> written = new ArrayList<>(files.size());
        Set<Path> folders = new LinkedHashSet<>();
        for (FileContent file : files) {
            Path path = inside(file.path());
            if (file.numbered()) {
                path = writeNumbered(path, file.content(), folders);
            } else {
                write(path, file.content(), folders);
            }
            written.add(configured.resolve(directory.relativize(path)).toString());
        }
        for (Path folder : folders) {
            sync.sync(folder);
        }
        return written;
    }

    protected final Path inside(Path path) {
        Path file = directory.resolve(path).normalize();
        if (!file.startsWith(directory) || file.equals(directory)) {
            throw new IllegalArgumentException(path + " is outside of threadpost.files.directory");
        }
        return file;
    }

    private void write(Path file, byte[] content, Set<Path> folders) throws IOException {
        collect(file.getParent(), folders);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        publish(file.resolveSibling("." + file.getFileName() + ".tmp"), file, content, WriteFiles::replace);
    }

    /** Gives a temporary file its final name. */
    private interface Naming {
        void name(Path temporary, Path file) throws IOException;
    }

    /**
     * A node that stalls loses its batch to another one, and both write the same file. So a temporary file that is
     * there is left alone until the whole file has its name: it is the other node's, or a killed process left it.
     */
    private void publish(Path usual, Path file, byte[] content, Naming naming) throws IOException {
        Path[] written = {usual};
        FileOperation.run("writing", usual, () -> written[0] = fill(usual, content));
        Path temporary = written[0];
        FileOperation.run("renaming " + temporary + " to", file, () -> naming.name(temporary, file));
        if (!temporary.equals(usual)) {
            Files.deleteIfExists(usual);
        }
    }

    private static void replace(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // The other node was faster, and took this one's temporary file for one that was left.
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** For a name from a route: writes {@code NAME-2} if {@code NAME} exists with other content, and so on. */
    private Path writeNumbered(Path file, byte[] content, Set<Path> folders) throws IOException {
        collect(file.getParent(), folders);
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        Path candidate = file;
        int number = 1;
        while (!holds(candidate, content)) {
            if (!Files.exists(candidate, LinkOption.NOFOLLOW_LINKS)) {
                put(candidate, content);
            } else {
                number++;
                candidate = file.resolveSibling(name.substring(0, dot) + "-" + number + name.substring(dot));
            }
        }
        return candidate;
    }

    /** Another node may write a file of that name at the same time: a link never replaces a file. */
    private void put(Path file, byte[] content) throws IOException {
        String hash = Integer.toHexString(Arrays.hashCode(content));
        publish(file.resolveSibling("." + file.getFileName() + "." + hash + ".tmp"), file, content, WriteFiles::link);
    }

    private static void link(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
            Files.deleteIfExists(temporary);
        } catch (FileAlreadyExistsException e) {
            // The caller compares the content next, and may choose another number.
            Files.deleteIfExists(temporary);
        } catch (UnsupportedOperationException | IOException e) {
            replace(temporary, file);
        }
    }

    private static boolean holds(Path file, byte[] content) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content);
    }

    /**
     * Syncs up to the top even if all folders exist: the process may have been killed between a rename and the sync.
     */
    private void collect(Path folder, Set<Path> folders) throws IOException {
        FileOperation.run("creating the folder", folder, () -> create(folder));
        for (Path above = folder; above != null && above.startsWith(directory); above = above.getParent()) {
            folders.add(above);
        }
    }

    /** @return the file that was written: another one if that exists, even as a link */
    private Path fill(Path file, byte[] content) throws IOException {
        FileChannel opened;
        Path created = file;
        try {
            opened = open(created);
        } catch (FileAlreadyExistsException e) {
            String name = file.getFileName().toString();
            String unique = UUID.randomUUID() + ".tmp";
            boolean longName = name.getBytes(StandardCharsets.UTF_8).length + unique.length() > LONGEST_NAME;
            created = file.resolveSibling(longName ? "." + unique : name.replaceFirst("tmp$", unique));
            opened = open(created);
        }
        try (FileChannel channel = opened) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(false);
        } catch (IOException e) {
            Files.deleteIfExists(created);
            throw e;
        }
        return created;
    }

    private FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                attributes(false));
    }

    /** Follows no link below the directory, which may be a link itself. */
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
