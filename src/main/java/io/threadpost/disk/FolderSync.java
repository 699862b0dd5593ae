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
 * Forces folders to disk, so that a file keeps its name after a crash. Some mounts do not support that (older CIFS
 * kernels, DrvFs, some of FUSE and 9p), and Windows cannot open a folder: there only the files are synced, and a log
 * line reports it once.
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

    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final String invalid = invalidArgument();

    /** One per process, by injection; tests create their own. */
    public FolderSync() {}

    /** @throws IOException if the mount supports syncing a folder and it failed */
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

    /** Reports it once per mount. */
    private void say(Path folder, IOException e) throws IOException {
        if (reported.add(Files.getFileStore(folder).toString())) {
            LOG.infof(
                    "the mount of %s syncs no folders (%s): files are written and synced, but after a crash of the"
                            + " machine some of the last ones may be missing",
                    folder, e.getMessage());
        }
    }

    /** The message of Linux, which depends on the locale. */
    private static String invalidArgument() {
        try (FileChannel channel = FileChannel.open(Path.of("/proc"), StandardOpenOption.READ)) {
            channel.force(true);
            return "";
        } catch (IOException | RuntimeException e) {
            return e instanceof java.nio.file.FileSystemException ? "" : String.valueOf(e.getMessage());
        }
    }
}
