package io.threadpost.routefiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.retry.FailureReason;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.routecheck.RouteFolder;

/**
 * The route files of a running installation: scans their folder ten times a second, and applies or reports what
 * changed. Everything happens on one thread.
 */
public final class RouteFiles {
    private static final Logger LOG = Logger.getLogger(RouteFiles.class);
    private static final long SCAN_MILLIS = 100;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path folder;
    private final FolderScanner scanner;
    private final RouteFileSet files;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(scan -> {
        Thread thread = new Thread(scan, "route-files");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<RouteFileStatus> statuses = List.of();
    private volatile String trouble = "";
    private List<RouteFinding> misnamed = List.of();
    private long retryAt;

    RouteFiles(Path folder, RouteFileSet files) {
        this.folder = folder;
        this.scanner = new FolderScanner(folder, System::nanoTime);
        this.files = files;
    }

    /** @return the status of each file, sorted by name */
    public List<RouteFileStatus> statuses() {
        return statuses;
    }

    /** @return why the folder cannot be scanned, in one line; empty when it can */
    public String trouble() {
        return trouble;
    }

    /** @return the source of a file in the folder; empty when it is not one of {@link #statuses}, or cannot be read */
    public Optional<String> source(String name) {
        if (statuses.stream().noneMatch(status -> status.name().equals(name))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(folder.resolve(name)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** @return the source of the last version of a file that ran; empty when none did */
    public Optional<String> lastGoodSource(String name) {
        return files.lastGoodSource(name);
    }

    /** @return the last versions of a file that ran, different ones, the newest first; also of a deleted file */
    public List<RouteFileVersion> versions(String name) {
        return files.versions(name);
    }

    /**
     * Saves a file as an editor does, so that it is checked and swapped like any other edit: the new file takes the
     * place of the old one at once. A link stays a link.
     *
     * @throws IOException when the folder cannot be written
     */
    public void save(String name, String source) throws IOException {
        if (!RouteFolder.isRouteFile(name)
                || !Path.of(name).equals(Path.of(name).getFileName())) {
            throw new IllegalArgumentException(name);
        }
        Path named = folder.resolve(name);
        Path file = Files.exists(named) ? named.toRealPath() : named.toAbsolutePath();
        Path written = Files.createTempFile(file.getParent(), "." + name + ".", ".tmp");
        try {
            Files.writeString(written, source);
            PosixFileAttributeView rights = Files.getFileAttributeView(written, PosixFileAttributeView.class);
            if (rights != null) {
                rights.setPermissions(
                        Files.exists(file)
                                ? Files.getPosixFilePermissions(file)
                                : PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Loads the files, and from then on their changes. A file that cannot be loaded runs in its last good version. */
    void open() {
        try {
            files.open(scanner.first());
            misnamed();
        } catch (IOException e) {
            trouble(e);
        }
        show(files.statuses());
        retryAt = System.nanoTime() + RETRY_NANOS;
        scheduler.scheduleWithFixedDelay(this::scan, SCAN_MILLIS, SCAN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Stops scanning. A swap in progress is completed. */
    void close() {
        scheduler.shutdown();
        try {
            scheduler.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void scan() {
        try {
            FolderScanner.Changes changes = scanner.scan();
            if (!trouble.isEmpty()) {
                LOG.info("Routes: `" + folder + "` can be read again");
                trouble = "";
            }
            boolean retry = System.nanoTime() - retryAt > 0;
            if (retry) {
                retryAt = System.nanoTime() + RETRY_NANOS;
                misnamed();
            }
            if (!changes.isEmpty() || retry && files.retryRejected()) {
                files.apply(changes);
                show(files.statuses());
            }
        } catch (IOException e) {
            trouble(e);
        } catch (RuntimeException | Error e) {
            ProcessGuard.report(e);
            // A scheduled task that throws is never run again.
            LOG.errorf("Routes: %s", FailureReason.of(e));
        }
    }

    /** Logs files that look like route files, but are none by their name, once each. */
    private void misnamed() throws IOException {
        List<RouteFinding> found = new RouteFolder(folder).misnamed();
        found.stream().filter(file -> !misnamed.contains(file)).forEach(file -> LOG.warn("Routes: " + file.text()));
        misnamed = found;
    }

    private void show(List<RouteFileStatus> now) {
        if (now.isEmpty() && trouble.isEmpty()) {
            LOG.error("Routes: `" + folder + "` contains no route files, so nothing is pulled; restore them");
        }
        statuses = now;
    }

    /** A folder that is missing for a moment stops nothing. */
    private void trouble(IOException e) {
        String now = "`" + folder + "` cannot be read (" + FailureReason.of(e) + "); running routes keep running";
        if (!now.equals(trouble)) {
            LOG.error("Routes: " + now);
        }
        trouble = now;
    }
}
