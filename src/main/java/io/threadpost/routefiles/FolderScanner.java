package io.threadpost.routefiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.threadpost.routecheck.RouteFolder;

/**
 * Scans the folder for files that were added, changed or deleted. It reports a change once, when the file has been
 * stable for a moment: a file that is being written, saved several times in a row, or moved away while its successor is
 * written, is not read in between.
 */
final class FolderScanner {
    private static final long STABLE = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long DELETED = TimeUnit.MILLISECONDS.toNanos(750);

    private final Path path;
    private final RouteFolder folder;
    private final LongSupplier nanoTime;
    private final Map<String, State> states = new HashMap<>();

    FolderScanner(Path folder, LongSupplier nanoTime) {
        this.path = folder;
        this.folder = new RouteFolder(folder);
        this.nanoTime = nanoTime;
    }

    /**
     * Names of files.
     *
     * @param saved that were added or changed
     * @param deleted that were deleted
     */
    record Changes(Set<String> saved, Set<String> deleted) {
        boolean isEmpty() {
            return saved.isEmpty() && deleted.isEmpty();
        }
    }

    /**
     * The current state of a name, since when, and the state that was last reported; a fingerprint is null when there
     * is no such file.
     */
    private record State(Fingerprint current, long since, Fingerprint reported) {}

    /**
     * Distinguishes states of a file without reading it.
     *
     * @param target of its links; the error when they lead nowhere
     * @param key the file system's own, since another file may be moved to the same path
     * @param changed when the file system recorded the last change, which no program can set back; empty where it does
     *     not
     */
    private record Fingerprint(String target, Object key, long size, FileTime modified, Object changed) {
        static Fingerprint of(Path file) {
            try {
                Path target = file.toRealPath();
                BasicFileAttributes attributes = Files.readAttributes(target, BasicFileAttributes.class);
                return new Fingerprint(
                        target.toString(),
                        attributes.fileKey() == null ? "" : attributes.fileKey(),
                        attributes.size(),
                        attributes.lastModifiedTime(),
                        changed(target));
            } catch (IOException e) {
                return new Fingerprint(e.toString(), "", 0, FileTime.fromMillis(0), "");
            }
        }

        private static Object changed(Path file) throws IOException {
            try {
                return Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
            } catch (UnsupportedOperationException | IllegalArgumentException e) {
                return "";
            }
        }
    }

    /** @return names of all files, stable or not; for the start */
    Set<String> first() throws IOException {
        Set<String> names = new TreeSet<>(folder.names());
        names.forEach(name -> {
            Fingerprint fingerprint = Fingerprint.of(path.resolve(name));
            states.put(name, new State(fingerprint, nanoTime.getAsLong(), fingerprint));
        });
        return names;
    }

    /**
     * @return changes since the last report
     * @throws IOException when the folder cannot be listed; nothing counts as deleted then
     */
    Changes scan() throws IOException {
        Set<String> present = new TreeSet<>(folder.names());
        Set<String> missing = new TreeSet<>(states.keySet());
        missing.removeAll(present);
        Changes changes = new Changes(new TreeSet<>(), new TreeSet<>());
        for (String name : missing) {
            if (changed(name, null, false)) {
                changes.deleted().add(name);
            }
        }
        boolean leaving =
                states.values().stream().anyMatch(state -> state.current() == null && state.reported() != null);
        for (String name : present) {
            if (changed(name, Fingerprint.of(path.resolve(name)), leaving)) {
                changes.saved().add(name);
            }
        }
        return changes;
    }

    /** @param leaving whether a file was moved away: a rename is reported as one change of both names */
    private boolean changed(String name, Fingerprint fingerprint, boolean leaving) {
        long now = nanoTime.getAsLong();
        State state = states.get(name);
        if (state == null || !Objects.equals(state.current(), fingerprint)) {
            states.put(name, new State(fingerprint, now, state == null ? null : state.reported()));
            return false;
        }
        if (Objects.equals(state.reported(), fingerprint)) {
            if (fingerprint == null) {
                states.remove(name);
            }
            return false;
        }
        boolean newcomer = state.reported() == null;
        if (now - state.since() < (fingerprint == null ? DELETED : STABLE) || leaving && newcomer) {
            return false;
        }
        states.put(name, new State(fingerprint, state.since(), fingerprint));
        return true;
    }
}
