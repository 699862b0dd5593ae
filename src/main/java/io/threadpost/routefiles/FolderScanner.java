package io.threadpost.routefiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.threadpost.routecheck.RouteFolder;

/**
 * Tells which files of the folder came, went or changed, each once it has held still for a moment: a file that is being
 * written, saved several times in a row, or put aside while its successor is written, is not seen half-way.
 */
final class FolderScanner {
    private static final long STILL = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long GONE = TimeUnit.MILLISECONDS.toNanos(750);

    private final Path path;
    private final RouteFolder folder;
    private final LongSupplier nanoTime;
    private final Map<String, Sight> sights = new HashMap<>();

    FolderScanner(Path folder, LongSupplier nanoTime) {
        this.path = folder;
        this.folder = new RouteFolder(folder);
        this.nanoTime = nanoTime;
    }

    /**
     * Names of files.
     *
     * @param here that came or changed
     * @param gone that were deleted
     */
    record Changes(Set<String> here, Set<String> gone) {
        boolean none() {
            return here.isEmpty() && gone.isEmpty();
        }
    }

    /**
     * What was seen of a name, since when, and what was last told about it; a print is null when there is no such file.
     */
    private record Sight(FileFingerprint print, long since, FileFingerprint told) {}

    /** @return names of the files that there are now, which need not hold still: for the start */
    Set<String> first() throws IOException {
        Set<String> names = new TreeSet<>(folder.names());
        names.forEach(name -> {
            FileFingerprint fileFingerprint = FileFingerprint.of(path.resolve(name));
            sights.put(name, new Sight(fileFingerprint, nanoTime.getAsLong(), fileFingerprint));
        });
        return names;
    }

    /**
     * @return what changed since it was last told
     * @throws IOException when the folder cannot be listed; nothing counts as gone then
     */
    Changes look() throws IOException {
        Set<String> there = new TreeSet<>(folder.names());
        Set<String> missing = new TreeSet<>(sights.keySet());
        missing.removeAll(there);
        Changes changes = new Changes(new TreeSet<>(), new TreeSet<>());
        for (String name : missing) {
            if (changed(name, null, false)) {
                changes.gone().add(name);
            }
        }
        boolean leaving = sights.values().stream().anyMatch(sight -> sight.print() == null && sight.told() != null);
        for (String name : there) {
            if (changed(name, FileFingerprint.of(path.resolve(name)), leaving)) {
                changes.here().add(name);
            }
        }
        return changes;
    }

    /** @param leaving whether another file may be on its way to this name: renamed, the two are told together */
    private boolean changed(String name, FileFingerprint fileFingerprint, boolean leaving) {
        long now = nanoTime.getAsLong();
        Sight sight = sights.get(name);
        if (sight == null || !Objects.equals(sight.print(), fileFingerprint)) {
            sights.put(name, new Sight(fileFingerprint, now, sight == null ? null : sight.told()));
            return false;
        }
        if (Objects.equals(sight.told(), fileFingerprint)) {
            if (fileFingerprint == null) {
                sights.remove(name);
            }
            return false;
        }
        boolean newcomer = sight.told() == null;
        if (now - sight.since() < (fileFingerprint == null ? GONE : STILL) || leaving && newcomer) {
            return false;
        }
        sights.put(name, new Sight(fileFingerprint, sight.since(), fileFingerprint));
        return true;
    }
}
