package io.threadpost.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;

/** How each route file stands. Down when nothing of one runs; a broken edit whose last good version runs is told and stops nothing. */
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
        Findings findings = new Findings("threadpost-route-files");
        if (!files.trouble().isEmpty()) {
            findings.wrong("folder", files.trouble());
        }
        if (files.statuses().isEmpty()) {
            findings.wrong("files", "there are none, so nothing is pulled");
        }
        for (RouteFileStatus file : files.statuses()) {
            if (file.runs()) {
                findings.fine(file.name(), line(file));
            } else {
                findings.wrong(file.name(), line(file));
            }
        }
        return findings.response();
    }

    private static String line(RouteFileStatus file) {
        return file.broken() ? file.firstError() + " (" + file.instead() + ")" : "good, since " + file.since();
    }
}
