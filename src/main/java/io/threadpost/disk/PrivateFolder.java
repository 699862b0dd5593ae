package io.threadpost.disk;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder that only its owner may use. */
public record PrivateFolder(Path path) {
    private static final FileAttribute<?>[] OWNER_ONLY =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                    }
                    : new FileAttribute<?>[0];

    /** Creates it if it is missing, private from its first moment. */
    public void create() throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, OWNER_ONLY);
        }
    }
}
