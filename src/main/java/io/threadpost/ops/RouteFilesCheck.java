package io.threadpost.ops;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;

/**
 * The state of each route file. Down when nothing of a file runs; a broken edit whose last good version runs is only
 * reported.
 */
@Readiness
@ApplicationScoped
public class RouteFilesCheck implements ReportingCheck {
    private final RouteFiles files;

    RouteFilesCheck(RouteFiles files) {
        this.files = files;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-route-files");
        if (!files.trouble().isEmpty()) {
            report.down("folder", files.trouble());
        }
        if (files.statuses().isEmpty()) {
            report.down("files", "there are none, so nothing is pulled");
        }
        for (RouteFileStatus file : files.statuses()) {
            if (file.runs()) {
                report.up(file.name(), line(file));
            } else {
                report.down(file.name(), line(file));
            }
        }
        return report;
    }

    private static String line(RouteFileStatus file) {
        return file.broken() ? file.firstError() + " (" + file.instead() + ")" : "good, since " + file.since();
    }
}
