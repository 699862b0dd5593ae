package io.threadpost.disk;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.jboss.logging.Logger;

/**
 * Forces folders to disk, so that a file keeps its name after a crash. Some mounts know nothing of that (older CIFS
 * kernels, DrvFs, some of FUSE and 9p), and Windows does not let a folder be opened: there the files are synced all the
 * same, and that is said once.
 */
@Singleton
@Unremovable
public final class FolderSync {
    private static final Logger LOG = Logger.getLogger(FolderSync.class);
    private static final Set<String> UNSUPPORTED = Set.of(
            "Invalid argument",
            "Operation not supported",
            "Function not implemented",
            "Bad file descriptor",
            "Not supported");

    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final String invalid = invalidArgument();

    /** Made once for the process, by injection; tests make their own. */
    public FolderSync() {}

    /** @throws IOException when the folder could be synced, and was not */
    public void sync(Path folder) throws IOException {
        FileOperation.run("syncing the folder", folder, () -> {
            try (FileChannel channel = open(folder)) {
                if (channel != null) {
                    force(channel, folder);
                }
            }
        });
    }

    /** @return null where folders cannot be opened */
    private FileChannel open(Path folder) throws IOException {
        try {
            return FileChannel.open(folder, StandardOpenOption.READ);
        } catch (AccessDeniedException e) {
            if (File.separatorChar != '\\') {
                throw e;
            }
            say(folder, e);
            return null;
        }
    }

    private void force(FileChannel channel, Path folder) throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            if (!UNSUPPORTED.contains(reason) && !reason.equals(invalid)) {
                throw e;
            }
            say(folder, e);
        }
    }

    /** Once for each mount. */
    private void say(Path folder, IOException e) throws IOException {
        if (said.add(Files.getFileStore(folder).toString())) {
            LOG.infof(
                    "the mount of %s syncs no folders (%s): files are written and synced, but after a crash of the machine some"
                            + " of the last ones may be missing",
                    folder, e.getMessage());
        }
    }

    /** Linux' own words for it, which are in the language of the locale. */
    private static String invalidArgument() {
        try (FileChannel channel = FileChannel.open(Path.of("/proc"), StandardOpenOption.READ)) {
            channel.force(true);
            return "";
        } catch (IOException | RuntimeException e) {
            return e instanceof java.nio.file.FileSystemException ? "" : String.valueOf(e.getMessage());
        }
    }
}
