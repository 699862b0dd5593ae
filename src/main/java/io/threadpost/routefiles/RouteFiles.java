package io.threadpost.routefiles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.retry.FailureReason;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.routecheck.RouteFolder;

/**
 * The route files of a running installation: their folder is looked at ten times a second, and what changed is taken
 * over or reported. Everything happens on one thread.
 */
public final class RouteFiles {
    private static final Logger LOG = Logger.getLogger(RouteFiles.class);
    private static final long LOOK_MILLIS = 100;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path folder;
    private final FolderScanner folderScanner;
    private final RouteFileSet routeFileSet;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(look -> {
        Thread thread = new Thread(look, "route-files");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<RouteFileStatus> statuses = List.of();
    private volatile String trouble = "";
    private List<RouteFinding> strange = List.of();
    private long retryAt;

    RouteFiles(Path folder, RouteFileSet routeFileSet) {
        this.folder = folder;
        this.folderScanner = new FolderScanner(folder, System::nanoTime);
        this.routeFileSet = routeFileSet;
    }

    /** @return how each file stands, by name */
    public List<RouteFileStatus> statuses() {
        return statuses;
    }

    /** @return why the folder cannot be looked at, in one line; empty when it can */
    public String trouble() {
        return trouble;
    }

    /** Loads what is there, and from then on whatever changes. A file that cannot be loaded runs as it last did. */
    void open() {
        try {
            routeFileSet.open(folderScanner.first());
            strangers();
        } catch (IOException e) {
            trouble(e);
        }
        show(routeFileSet.statuses());
        retryAt = System.nanoTime() + RETRY_NANOS;
        looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Looks no more. What is being swapped is swapped to its end. */
    void close() {
        looking.shutdown();
        try {
            looking.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            FolderScanner.Changes changes = folderScanner.look();
            if (!trouble.isEmpty()) {
                LOG.info("Routes: `" + folder + "` can be looked at again");
                trouble = "";
            }
            boolean retry = System.nanoTime() - retryAt > 0;
            if (retry) {
                retryAt = System.nanoTime() + RETRY_NANOS;
                strangers();
            }
            if (!changes.none() || retry && routeFileSet.again()) {
                routeFileSet.apply(changes);
                show(routeFileSet.statuses());
            }
        } catch (IOException e) {
            trouble(e);
        } catch (RuntimeException | Error e) {
            ProcessGuard.report(e);
            // A scheduled task that throws is never run again.
            LOG.errorf("Routes: %s", FailureReason.of(e));
        }
    }

    /** Files that look like route files, and are none by their name. Each is told once. */
    private void strangers() throws IOException {
        List<RouteFinding> found = new RouteFolder(folder).strangers();
        found.stream()
                .filter(stranger -> !strange.contains(stranger))
                .forEach(stranger -> LOG.warn("Routes: " + stranger.text()));
        strange = found;
    }

    private void show(List<RouteFileStatus> now) {
        if (now.isEmpty() && trouble.isEmpty()) {
            LOG.error("Routes: `" + folder + "` holds no route files, so nothing is pulled; put them back");
        }
        statuses = now;
    }

    /** A folder that is not there for the moment stops nothing. */
    private void trouble(IOException e) {
        String now = "`" + folder + "` cannot be looked at (" + FailureReason.of(e) + "); what runs keeps running";
        if (!now.equals(trouble)) {
            LOG.error("Routes: " + now);
        }
        trouble = now;
    }
}
