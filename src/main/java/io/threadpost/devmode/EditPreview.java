package io.threadpost.devmode;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.example.PassedInputs;
import io.threadpost.preview.UnloadableRoutes;
import io.threadpost.retry.FailureReason;
import io.threadpost.routecheck.RouteSource;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;

/** Logs, in dev mode, what each edit of a route file does to the last threads and mails that passed. */
@IfBuildProfile("dev")
@Singleton
final class EditPreview {
    private static final Logger LOG = Logger.getLogger(EditPreview.class);
    private static final int MOST = 20;
    private static final long LOOK_MILLIS = 300;

    private final RouteFiles files;
    private final PassedInputs passed;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(look -> {
        Thread thread = new Thread(look, "edit-preview");
        thread.setDaemon(true);
        return thread;
    });
    private Map<String, Instant> versions = Map.of();
    private Map<String, String> sources = Map.of();

    EditPreview(RouteFiles files, PassedInputs passed) {
        this.files = files;
        this.passed = passed;
    }

    void start(@Observes StartupEvent started) {
        scheduler.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent stopped) {
        scheduler.shutdownNow();
    }

    private void look() {
        try {
            Map<String, Instant> now = new HashMap<>();
            files.statuses().stream().filter(RouteFileStatus::runs).forEach(file -> now.put(file.name(), file.since()));
            if (!now.equals(versions)) {
                versions = now;
                Map<String, String> running = new TreeMap<>();
                now.keySet().forEach(name -> files.lastGoodSource(name).ifPresent(source -> running.put(name, source)));
                Map<String, String> before = sources;
                sources = running;
                if (!before.isEmpty()) {
                    log(before, running);
                }
            }
        } catch (UnloadableRoutes e) {
            LOG.infof(
                    "Preview: the edit cannot be previewed: %s",
                    e.getMessage().lines().findFirst().orElse(""));
        } catch (RuntimeException | Error e) {
            ProcessGuard.report(e);
            // A scheduled task that throws is never run again.
            LOG.warnf("Preview: the edit cannot be previewed: %s", FailureReason.of(e));
        }
    }

    private void log(Map<String, String> before, Map<String, String> after) throws UnloadableRoutes {
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        if (changed.isEmpty()) {
            return;
        }
        EditEffect effect = new EditEffect(Path.of(""), LaunchMode.current().getDefaultProfile());
        List<String> lines = effect.lines(list(before), list(after), passed.newest(MOST));
        LOG.infof("Preview: %s: %s", String.join(", ", changed), String.join(System.lineSeparator() + "  ", lines));
    }

    private static List<RouteSource> list(Map<String, String> sources) {
        return sources.entrySet().stream()
                .map(source -> new RouteSource(source.getKey(), source.getValue()))
                .toList();
    }
}
