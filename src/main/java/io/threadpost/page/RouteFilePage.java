package io.threadpost.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.ops.ApiRefusal;
import io.threadpost.ops.RouteFilesResource;
import io.threadpost.ops.RoutesResource;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.routecheck.RouteFinding.Severity;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;
import io.threadpost.routemonitor.RunningRoutes;

/** A route file: its source with errors and warnings at their lines, and the version that runs. */
@Singleton
final class RouteFilePage {
    private final RouteFiles files;
    private final RoutesResource routes;
    private final RouteFilesResource versions;

    RouteFilePage(RouteFiles files, RoutesResource routes, RouteFilesResource versions) {
        this.files = files;
        this.routes = routes;
        this.versions = versions;
    }

    /**
     * The page.
     *
     * @param parameter the name, escaped for an address
     * @param firstLine the line of the first finding; 0 without one
     * @param findings about the file as a whole
     * @param lastGood the source of the version that runs in place of a broken one; empty when the file itself runs
     */
    @RegisterForReflection
    record View(
            String name,
            String tone,
            String state,
            int firstLine,
            String since,
            String parameter,
            List<RouteRow> routes,
            List<VersionRow> versions,
            List<Finding> findings,
            List<Line> lines,
            String lastGood) {}

    /**
     * A running route.
     *
     * @param traced until when it is or was traced; empty when it was not lately
     */
    @RegisterForReflection
    record RouteRow(
            String id,
            String parameter,
            String description,
            String tone,
            String state,
            String exchanges,
            String failures,
            String mean,
            String last,
            String inFlight,
            String failure,
            String traced,
            List<ExchangeRow> trace) {}

    /** An exchange of a traced route. */
    @RegisterForReflection
    record ExchangeRow(String title, String failure, List<String> steps, String spools, String body) {}

    /** A version that ran. */
    @RegisterForReflection
    record VersionRow(String id, String since, boolean inFolder, String difference) {}

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
                file.broken()
                        ? file.firstError() + " (" + PageFormat.readable(file.instead()) + ")"
                        : "The version in the folder runs",
                lines.stream()
                        .filter(line -> !line.tone().isEmpty())
                        .mapToInt(Line::number)
                        .findFirst()
                        .orElse(0),
                file.since() == null ? "never" : PageFormat.time(file.since()),
                PageFormat.parameter(name),
                routes.all().routes().stream()
                        .filter(route -> name.equals(route.file()))
                        .map(this::row)
                        .toList(),
                versions.versions(name).versions().stream()
                        .map(version -> new VersionRow(
                                String.valueOf(version.id()),
                                PageFormat.time(version.since()),
                                version.inFolder(),
                                String.join("\n", version.difference())))
                        .toList(),
                whole,
                lines,
                file.broken() && file.runs() ? files.lastGoodSource(name).orElse("") : "");
    }

    private RouteRow row(RunningRoutes.RunningRoute route) {
        RoutesResource.TracedRoute traced = routes.trace(route.id());
        return new RouteRow(
                route.id(),
                PageFormat.parameter(route.id()),
                route.description() == null ? "" : route.description(),
                route.state().equals("started") ? "ok" : "warn",
                route.state(),
                PageFormat.number(route.exchanges()),
                PageFormat.number(route.failures()),
                millis(route.meanMillis()),
                route.last() == null ? "never" : millis(route.lastMillis()) + ", " + PageFormat.time(route.last()),
                PageFormat.number(route.inFlight()),
                route.lastFailure() == null ? "" : PageFormat.time(route.lastFailureAt()) + ": " + route.lastFailure(),
                traced.until() == null
                        ? ""
                        : (traced.on() ? "Traced until " : "Was traced until ") + PageFormat.time(traced.until()),
                traced.exchanges().stream().map(RouteFilePage::row).toList());
    }

    private static String millis(Double millis) {
        return millis == null ? "" : String.format(Locale.ROOT, "%.1f ms", millis);
    }

    private static ExchangeRow row(RoutesResource.TracedExchange exchange) {
        return new ExchangeRow(
                PageFormat.time(exchange.at()) + ", " + millis(exchange.millis())
                        + (exchange.key() == null ? "" : ", " + exchange.key()),
                exchange.failure() == null
                        ? ""
                        : exchange.failure() + (exchange.failedAt() == null ? "" : " (" + exchange.failedAt() + ")"),
                exchange.steps().stream()
                        .map(step -> (step.line() == null ? step.route() : step.file() + ":" + step.line()) + " "
                                + step.step() + (step.result().equals("rejected") ? " → no" : "")
                                + (step.branch() == null ? "" : " → " + step.branch()))
                        .toList(),
                String.join(", ", exchange.spools()),
                exchange.body() == null ? "" : exchange.body());
    }

    private static Finding finding(RouteFinding finding) {
        boolean error = finding.severity() == Severity.ERROR;
        return new Finding(
                error ? "bad" : "warn", error ? "Error" : "Warning", finding.problem() + "; " + finding.advice());
    }
}
