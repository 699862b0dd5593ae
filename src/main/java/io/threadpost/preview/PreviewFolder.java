package io.threadpost.preview;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.routecheck.RouteFolder;
import io.threadpost.routecheck.RouteLinter;
import io.threadpost.routecheck.RouteSource;
import io.threadpost.settings.SettingProblem;
import io.threadpost.settings.SettingsResult;
import io.threadpost.vocabulary.ThreadpostRouteContext;

/** The route files and the settings of an installation's folder, from which previews are built. */
public final class PreviewFolder implements AutoCloseable {
    private static final String TOKEN = "threadpost.connections.main.access-token";

    private static final Pattern STATE = Pattern.compile("\\b(beans|global):|oadBalance|idempotentConsumer|\\bsample:");

    private final Path home;
    private final String profile;
    private final List<RouteSource> sources = new ArrayList<>();
    private final List<RouteFinding> unreadable = new ArrayList<>();
    private final Map<Map<String, String>, Preview> previews = new LinkedHashMap<>();
    /** Those of the folder, without what an example sets; null until they are read. */
    private SettingsResult own;

    private SettingsResult settings;
    private Set<String> keys = Set.of();
    private RouteLinter linter;

    /**
     * Reads the folder.
     *
     * @param home where {@code application.properties} is
     * @param routes the folder of the route files
     * @throws IOException when it cannot be listed
     */
    public PreviewFolder(Path home, Path routes, String profile) throws IOException {
        this(home, routes, profile, null);
    }

    /** @param read the settings of the folder, if they were read already; null otherwise */
    public PreviewFolder(Path home, Path routes, String profile, SettingsResult read) throws IOException {
        this(home, profile, read);
        RouteFolder folder = new RouteFolder(routes);
        for (String name : folder.names()) {
            RouteFolder.Content content = folder.read(name);
            content.source().ifPresent(sources::add);
            content.finding().ifPresent(unreadable::add);
        }
    }

    /** The route files as they are given. */
    public PreviewFolder(Path home, List<RouteSource> sources, String profile) {
        this(home, profile, null);
        this.sources.addAll(sources);
    }

    private PreviewFolder(Path home, String profile, SettingsResult read) {
        this.own = read;
        this.home = home;
        this.profile = profile;
    }

    /**
     * The folder's routes, ready to run. The same settings give the same instance, unless the routes have a state. It
     * is closed with this folder, or when the next one is built.
     *
     * @param over settings over those of the folder, by key
     * @throws UnloadableRoutes when a setting or a route file has an error: a line for each
     */
    public Preview with(Map<String, String> over) throws UnloadableRoutes {
        Preview known = previews.remove(over);
        if (known != null && !hasState()) {
            previews.put(Map.copyOf(over), known);
            return known;
        }
        if (known != null) {
            known.close();
        }
        if (own == null) {
            own = SettingsResult.in(home, profile);
        }
        settings = over.isEmpty() ? own : SettingsResult.in(home, profile, over);
        if (settings.settings().connections().isEmpty()) {
            // The repository of a hotel's routes has no token, and without one there is no connection.
            Map<String, String> more = new LinkedHashMap<>(over);
            more.put(TOKEN, "none-in-a-preview");
            settings = SettingsResult.in(home, profile, more);
        }
        SettingsResult used = settings;
        keys = settings.keys();
        if (linter == null) {
            linter = new RouteLinter(
                    new ThreadpostRouteContext(key -> settings.value(key), () -> keys, own.secretSearch()));
            linter.warmUp();
        }
        // Camel's classes and those of the linter take most of the time, so each has its thread.
        CompletableFuture<Preview> building = CompletableFuture.supplyAsync(() -> new Preview(used));
        List<CheckedFile> files = check();
        Preview preview = building.join();
        preview.load(files);
        previews.put(Map.copyOf(over), preview);
        return preview;
    }

    /** @return whether what passes leaves something behind that the next one would meet */
    private boolean hasState() {
        return sources.stream().anyMatch(source -> STATE.matcher(source.text()).find());
    }

    private List<CheckedFile> check() throws UnloadableRoutes {
        List<String> errors = new ArrayList<>();
        settings.problems().stream()
                .filter(problem -> !problem.warning())
                .map(SettingProblem::line)
                .forEach(errors::add);
        unreadable.forEach(finding -> errors.add(finding.text()));
        List<CheckedFile> files = sources.parallelStream().map(linter::check).toList();
        List<RouteFinding> findings = new ArrayList<>();
        files.forEach(file -> findings.addAll(file.findings()));
        findings.addAll(linter.checkTogether(files));
        findings.stream()
                .filter(finding -> finding.severity() == RouteFinding.Severity.ERROR)
                .map(RouteFinding::text)
                .forEach(errors::add);
        if (!errors.isEmpty()) {
            throw new UnloadableRoutes(String.join("\n", errors));
        }
        return files;
    }

    @Override
    public void close() {
        previews.values().forEach(Preview::close);
        previews.clear();
    }
}
