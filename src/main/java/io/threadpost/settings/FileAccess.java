package io.threadpost.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/** Who may read the files that threads are written to. The umask can only restrict it further. */
public enum FileAccess {
    /** The user that Threadpost runs as. */
    OWNER("rwx------"),
    /** That user, and its group may read. */
    GROUP("rwxr-x---"),
    /** All users may read. */
    ALL("rwxr-xr-x");

    private final Set<PosixFilePermission> folder;

    FileAccess(String folder) {
        this.folder = PosixFilePermissions.fromString(folder);
    }

    /**
     * How a folder is created.
     *
     * @param near an existing folder or one whose parent exists
     */
    public FileAttribute<?>[] ofFolder(Path near) throws IOException {
        return attributes(near, folder);
    }

    /**
     * How a file is created.
     *
     * @param near an existing folder
     */
    public FileAttribute<?>[] ofFile(Path near) throws IOException {
        Set<PosixFilePermission> file = new HashSet<>(folder);
        file.removeAll(PosixFilePermissions.fromString("--x--x--x"));
        return attributes(near, file);
    }

    private static FileAttribute<?>[] attributes(Path near, Set<PosixFilePermission> permissions) throws IOException {
        Path existing = near.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.getFileStore(existing).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
