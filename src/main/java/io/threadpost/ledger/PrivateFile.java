package io.threadpost.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file for its owner only, since the ledger holds guests' messages; an ordinary file where the file system has no
 * such permissions.
 */
public record PrivateFile(Path path) {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    /**
     * Creates it, empty, when it does not exist; otherwise removes the permissions of others.
     *
     * @return whether it was created
     */
    public boolean ensure() throws IOException {
        FileAttribute<?>[] rights = posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
        try {
            Files.createFile(path, rights);
            return true;
        } catch (FileAlreadyExistsException e) {
            restrict();
            return false;
        }
    }

    /** Removes the permissions of others, when it exists. */
    public void restrict() {
        try {
            if (Files.exists(path) && posix()) {
                Files.setPosixFilePermissions(path, OWNER);
            }
        } catch (IOException e) {
            // It belongs to another user, who lets this one write and decides on its permissions.
            return;
        }
    }

    private boolean posix() throws IOException {
        return Files.getFileStore(path.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    }
}
