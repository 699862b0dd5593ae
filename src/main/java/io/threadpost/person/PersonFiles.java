package io.threadpost.person;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

import jakarta.inject.Singleton;

import io.threadpost.disk.FolderSync;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * The files below {@code threadpost.files.directory}: finds a person's threads in them and takes them out. A file of
 * the person alone is deleted, one that has lines of others is rewritten without the person's. Links are not followed.
 */
@Singleton
final class PersonFiles {
    private static final Pattern BATCH = Pattern.compile("batch-(\\d{12})-[0-9a-f]{8}(\\.\\w+)");
    /**
     * A writer completes a file under a temporary name much faster, so an older one means that its writer was killed. A
     * writer that is still alive, and loses its file, writes it again.
     */
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(20);

    private final Path directory;
    private final Path state;
    private final FolderSync sync;

    PersonFiles(Settings settings, FolderSync sync) {
        this.directory =
                settings.get(SettingsCatalogue.FILES_DIRECTORY).toAbsolutePath().normalize();
        this.state = settings.ledger().folder().toAbsolutePath().normalize();
        this.sync = sync;
    }

    /**
     * A file with something of the person.
     *
     * @param path relative to the folder of the files
     * @param records the person's threads in it; the whole text of a file of the person alone
     */
    record Found(Path path, List<String> records) {}

    /**
     * The result of erasing.
     *
     * @param open files that name the person, and are being written
     * @param left files that name the person, but are of a kind that is not understood
     */
    record Erased(int deleted, int rewritten, int open, List<Path> left) {}

    /** Calls back with the Id of every thread that names the person as its sender. */
    void read(PersonMatcher matcher, Consumer<String> thread) {
        walk(directory, file -> {
            if (PersonFile.isClear(file, matcher, TextIndex.exactly(Set.of()))) {
                return;
            }
            PersonFile content = PersonFile.of(file);
            if (content.kind() == PersonFile.Kind.JSON && content.finds(content.text(), matcher)) {
                content.records().forEach(record -> {
                    Map<?, ?> fields = PersonFile.fields(record);
                    if (matcher.finds(String.valueOf(fields.get("OriginalSender")))
                            && fields.get("Id") instanceof String id
                            && !id.isBlank()) {
                        thread.accept(id);
                    }
                });
            }
        });
    }

    /** Finds the person's files, one at a time. */
    void find(PersonTraces traces, Consumer<Found> reader) {
        PersonMatcher matcher = traces.matcher();
        TextIndex threads = TextIndex.exactly(traces.threads());
        walk(directory, file -> {
            Path path = directory.relativize(file);
            boolean own = isOwn(path, threads, matcher);
            if (!own && PersonFile.isClear(file, matcher, threads)) {
                return;
            }
            PersonFile content = PersonFile.of(file);
            if (own) {
                reader.accept(new Found(path, List.of(content.readable())));
            } else if (content.names(content.text(), threads, matcher)) {
                reader.accept(new Found(
                        path,
                        content.records().stream()
                                .filter(record -> content.isOwn(record, traces, threads, matcher))
                                .map(content::readable)
                                .toList()));
            }
        });
    }

    /** @param unfinished whether a batch has not left its spool, so that its file may be written again */
    Erased erase(PersonTraces traces, LongPredicate unfinished) {
        int[] counts = new int[3];
        List<Path> left = new ArrayList<>();
        PersonMatcher matcher = traces.matcher();
        TextIndex threads = TextIndex.exactly(traces.threads());
        walk(directory, file -> {
            Path path = directory.relativize(file);
            if (isOwn(path, threads, matcher)) {
                delete(file);
                counts[0]++;
                return;
            }
            if (PersonFile.isClear(file, matcher, threads)) {
                return;
            }
            PersonFile content = PersonFile.of(file);
            if (!content.names(content.text(), threads, matcher)) {
                return;
            }
            if (content.kind() == PersonFile.Kind.TEMPORARY && !isLeftBehind(file)) {
                counts[2]++;
            } else if (content.kind() == PersonFile.Kind.TEMPORARY) {
                delete(file);
                counts[0]++;
            } else if (content.kind() == PersonFile.Kind.OTHER) {
                left.add(path);
            } else {
                edit(file, content, traces, threads, matcher, unfinished, counts);
            }
        });
        deleteEmptyFolders(matcher);
        counts[2] += eraseArrivals(matcher);
        return new Erased(counts[0], counts[1], counts[2], left);
    }

    private void edit(
            Path file,
            PersonFile content,
            PersonTraces traces,
            TextIndex threads,
            PersonMatcher matcher,
            LongPredicate unfinished,
            int... counts)
            throws IOException {
        StringBuilder kept = new StringBuilder(content.text().length());
        int others = 0;
        for (String record : content.records()) {
            if (!content.isOwn(record, traces, threads, matcher)) {
                kept.append(content.masked(record, matcher));
                others += record.isBlank() ? 0 : 1;
            }
        }
        if (others <= (content.kind() == PersonFile.Kind.CSV ? 1 : 0)) {
            delete(file);
            counts[0]++;
        } else if (!kept.toString().equals(content.text())) {
            rewrite(file, kept.toString().getBytes(content.charset()), unfinished);
            counts[1]++;
        }
    }

    private static boolean isOwn(Path path, TextIndex threads, PersonMatcher matcher) {
        return matcher.finds(path.toString()) || threads.finds(path.toString());
    }

    /**
     * A batch that is written again must meet its file: its name is derived from what is in it. The name of any other
     * file stays, since others may know it.
     */
    private void rewrite(Path file, byte[] content, LongPredicate unfinished) throws IOException {
        Matcher batch = BATCH.matcher(file.getFileName().toString());
        Path target = file;
        if (batch.matches() && unfinished.test(Long.parseLong(batch.group(1)))) {
            CRC32C hash = new CRC32C();
            hash.update(content);
            target = file.resolveSibling(
                    String.format(Locale.ROOT, "batch-%s-%08x%s", batch.group(1), hash.getValue(), batch.group(2)));
        }
        Path temporary = file.resolveSibling("." + file.getFileName() + ".erase" + PersonFile.TEMPORARY);
        Files.deleteIfExists(temporary);
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        PosixFileAttributeView before = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (before != null) {
            Files.setPosixFilePermissions(temporary, before.readAttributes().permissions());
        }
        Files.setLastModifiedTime(temporary, Files.getLastModifiedTime(file));
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (!target.equals(file)) {
            Files.deleteIfExists(file);
        }
        sync.sync(file.getParent());
    }

    private void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        sync.sync(file.getParent());
    }

    /** Folders may be named for their senders. */
    private void deleteEmptyFolders(PersonMatcher matcher) {
        List<Path> folders = new ArrayList<>();
        visit(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
                if (matcher.findsAny(directory.relativize(folder).toString())) {
                    folders.add(folder);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        folders.forEach(folder -> folder.toFile().delete());
    }

    /**
     * What a process that was killed while it fetched a mail has left; the mail is fetched again.
     *
     * @return how many that name the person are being written
     */
    private int eraseArrivals(PersonMatcher matcher) {
        MailMask mask = new MailMask(matcher);
        int[] open = {0};
        walk(state, file -> {
            String name = file.getFileName().toString();
            if (file.getParent().equals(state)
                    && name.startsWith("mailbox-")
                    && name.endsWith(".eml")
                    && mask.finds(Files.readAllBytes(file))) {
                if (isLeftBehind(file)) {
                    delete(file);
                } else {
                    open[0]++;
                }
            }
        });
        return open[0];
    }

    /** @return ledgers that were replaced, and kept next to the one of today */
    List<Path> replacedLedgers() {
        List<Path> replaced = new ArrayList<>();
        walk(state, file -> {
            if (file.getFileName().toString().startsWith("ledger-replaced-")) {
                replaced.add(file);
            }
        });
        return replaced;
    }

    /** The clock of the file system may be another machine's. */
    private static boolean isLeftBehind(Path file) throws IOException {
        Instant written =
                Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        return Duration.between(written, Instant.now()).abs().compareTo(LEFT_BEHIND) > 0;
    }

    /** Does something with a file. */
    @FunctionalInterface
    private interface Visit {
        void file(Path file) throws IOException;
    }

    private static void walk(Path folder, Visit visit) {
        visit(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    if (attributes.isRegularFile()) {
                        visit.file(file);
                    }
                } catch (NoSuchFileException gone) {
                    // A file under a temporary name got its final one.
                    return FileVisitResult.CONTINUE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private static void visit(Path folder, SimpleFileVisitor<Path> visitor) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            // The folder itself may be a link; what is below may not.
            Files.walkFileTree(folder, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException("the files below " + folder + " cannot be read or changed: " + e, e);
        }
    }
}
