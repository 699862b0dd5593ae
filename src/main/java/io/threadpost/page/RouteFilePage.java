package io.threadpost.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.ops.ApiRefusal;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.routecheck.RouteFinding.Severity;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;

/** A route file: its source with errors and warnings at their lines, and the version that runs. */
@Singleton
final class RouteFilePage {
    private final RouteFiles files;

    RouteFilePage(RouteFiles files) {
        this.files = files;
    }

    /**
     * The page.
     *
     * @param findings about the file as a whole
     * @param lastGood the source of the version that runs in place of a broken one; empty when the file itself runs
     */
    @RegisterForReflection
    record View(
            String name,
            String tone,
            String state,
            String routes,
            String since,
            List<Finding> findings,
            List<Line> lines,
            String lastGood) {}

    /** An error or a warning. */
    @RegisterForReflection
    record Finding(String tone, String label, String text) {}

    /** A line of the source. */
    @RegisterForReflection
    record Line(int number, String text, String tone, List<Finding> findings) {}

    /** @throws ApiRefusal when there is no such file */
    View view(String name) {
        RouteFileStatus file = files.statuses().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new ApiRefusal(404, "there is no route file `" + name + "`", "go back to the overview"));
        String source = files.source(name).orElse("");
        Map<Integer, List<Finding>> byLine = file.findings().stream()
                .collect(Collectors.groupingBy(
                        RouteFinding::line, Collectors.mapping(RouteFilePage::finding, Collectors.toList())));
        List<Line> lines = new ArrayList<>();
        for (String text : source.lines().toList()) {
            int number = lines.size() + 1;
            List<Finding> findings = byLine.getOrDefault(number, List.of());
            lines.add(new Line(
                    number, text, findings.isEmpty() ? "" : findings.get(0).tone(), findings));
        }
        List<Finding> whole = new ArrayList<>();
        byLine.forEach((line, findings) -> {
            if (line == 0 || line > lines.size()) {
                whole.addAll(findings);
            }
        });
        return new View(
                name,
                !file.runs() ? "bad" : file.broken() ? "warn" : "ok",
                file.broken() ? file.instead() : "The version in the folder runs",
                String.join(", ", file.routes()),
                file.since() == null ? "never" : PageFormat.time(file.since()),
                whole,
                lines,
                file.broken() && file.runs() ? files.lastGoodSource(name).orElse("") : "");
    }

    private static Finding finding(RouteFinding finding) {
        boolean error = finding.severity() == Severity.ERROR;
        return new Finding(
                error ? "bad" : "warn", error ? "Error" : "Warning", finding.problem() + "; " + finding.advice());
    }
}
