package io.threadpost.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;

/**
 * How each route file stands. Down when nothing of one runs; a broken edit whose last good version runs is told and
 * stops nothing.
 */
@Readiness
@ApplicationScoped
public class RouteFilesCheck implements HealthCheck {
    private final RouteFiles files;

    @Inject
    RouteFilesCheck(RouteFiles files) {
        this.files = files;
    }

    @Override
    public HealthCheckResponse call() {
        HealthReport healthReport = new HealthReport("threadpost-route-files");
        if (!files.trouble().isEmpty()) {
            healthReport.wrong("folder", files.trouble());
        }
        if (files.statuses().isEmpty()) {
            healthReport.wrong("files", "there are none, so nothing is pulled");
        }
        for (RouteFileStatus file : files.statuses()) {
            if (file.runs()) {
                healthReport.fine(file.name(), line(file));
            } else {
                healthReport.wrong(file.name(), line(file));
            }
        }
        return healthReport.response();
    }

    private static String line(RouteFileStatus file) {
        return file.broken() ? file.firstError() + " (" + file.instead() + ")" : "good, since " + file.since();
    }
}
