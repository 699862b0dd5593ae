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
 * A file for its owner only: what lies in the ledger are guests' messages. Where there are no such rights, an ordinary
 * file.
 */
record PrivateFile(Path path) {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    /**
     * Creates it, empty, when it is not there; otherwise takes away the rights of others.
     *
     * @return whether it was created
     */
    boolean ensure() throws IOException {
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

    /** Takes away the rights of others, when it is there. */
    void restrict() {
        try {
            if (Files.exists(path) && posix()) {
                Files.setPosixFilePermissions(path, OWNER);
            }
        } catch (IOException e) {
            // It belongs to another user, who lets this one write: then its rights are that one's to decide.
            return;
        }
    }

    private boolean posix() throws IOException {
        return Files.getFileStore(path.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    }
}
