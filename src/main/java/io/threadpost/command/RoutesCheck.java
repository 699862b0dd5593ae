package io.threadpost.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.RouteContext;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.routecheck.RouteFolder;
import io.threadpost.routecheck.RouteLinter;

/** Everything that is wrong with a folder of route files. */
final class RoutesCheck {
    private final Path folder;
    private final RouteLinter checks;
    private final ConversationRoutesCheck conversations;

    /** @param setting finds the value of a setting by its key */
    RoutesCheck(Path folder, RouteContext routeContext, Function<String, Optional<String>> setting) {
        this.folder = folder;
        this.checks = new RouteLinter(routeContext);
        this.conversations = new ConversationRoutesCheck(setting);
    }

    /** @return whether it is a folder of route files itself, and not one that has such a folder */
    static boolean isOfRoutes(Path folder) {
        try {
            return !Files.exists(folder.resolve("application.properties"))
                    && !Files.isDirectory(folder.resolve("routes"))
                    && !new RouteFolder(folder).names().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Findings sorted by file and place; none when the folder does not exist, which the check of the settings reports.
     */
    List<RouteFinding> findings() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            return findings(new RouteFolder(folder));
        } catch (IOException e) {
            // The check of the settings says that, and why.
            return List.of();
        }
    }

    private List<RouteFinding> findings(RouteFolder files) throws IOException {
        List<RouteFinding> findings = new ArrayList<>(files.misnamed());
        List<String> names = files.names();
        List<CheckedFile> checked = new ArrayList<>();
        for (String name : names) {
            RouteFolder.Content content = files.read(name);
            content.finding().ifPresent(findings::add);
            content.source().map(checks::check).ifPresent(checked::add);
        }
        checked.forEach(file -> findings.addAll(file.findings()));
        findings.addAll(checks.checkTogether(checked));
        findings.addAll(conversations.findings(checked));
        if (names.isEmpty()) {
            findings.add(new RouteFinding(
                    RouteFinding.Severity.WARNING,
                    "*.camel.yaml",
                    0,
                    0,
                    "there is no route file in `" + folder + "`, so nothing is pulled",
                    "copy the route files there"));
        }
        return findings.stream()
                .sorted(Comparator.comparing(RouteFinding::file)
                        .thenComparingInt(RouteFinding::line)
                        .thenComparingInt(RouteFinding::column))
                .toList();
    }
}
