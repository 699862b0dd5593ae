package io.threadpost.routefiles;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.RouteChecks;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.routecheck.RouteFolder;

/**
 * All route files together: what runs of each, and how it becomes what stands in the folder. A new version is checked
 * first, by itself and with the others, and nothing is touched when something stands against it.
 */
final class RouteFileSet {
    private final RouteFolder folder;
    private final RouteChecks checks;
    private final CompatibilityCheck compatibilityCheck;
    private final RouteSwap routeSwap;
    private final LastGoodSources lastGoodSources;
    private final RouteFileReporter routeFileReporter;
    private final Map<String, RouteFile> files = new TreeMap<>();

    RouteFileSet(
            RouteFolder folder,
            RouteChecks checks,
            RouteLoader loader,
            LastGoodSources lastGoodSources,
            RouteFileReporter routeFileReporter) {
        this.folder = folder;
        this.checks = checks;
        this.compatibilityCheck = new CompatibilityCheck(checks);
        this.routeSwap = new RouteSwap(loader);
        this.lastGoodSources = lastGoodSources;
        this.routeFileReporter = routeFileReporter;
    }

    List<RouteFileStatus> statuses() {
        return files.values().stream().map(RouteFile::status).toList();
    }

    /**
     * The start: loads these files. What ran before comes first, so that no newcomer takes its place; a file that does
     * not run runs as it last did.
     */
    void open(Set<String> names) {
        lastGoodSources.names().stream().filter(name -> !names.contains(name)).forEach(lastGoodSources::forget);
        names.forEach(this::read);
        take(compatibilityCheck.of(Map.of(), veteransFirst()));
        for (RouteFile file : files.values()) {
            if (file.running().isEmpty()) {
                lastGoodSources.of(file.name()).ifPresent(this::fallBack);
            }
        }
        // Once more with what runs by now: what another file missed may be in a version that ran before.
        change(new FolderScanner.Changes(Set.of(), Set.of()));
        routeFileReporter.found(statuses());
    }

    /** @return what may be loaded at the start, by name: as it ran, changed since it ran, never run */
    private Map<String, CheckedFile> veteransFirst() {
        List<Map<String, CheckedFile>> ranks = List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        files.forEach((name, file) -> {
            Optional<CheckedFile> kept = lastGoodSources.of(name).map(good -> checks.check(good.source()));
            Optional<CheckedFile> version = file.wanted().or(() -> kept.filter(CheckedFile::loadable));
            int rank = kept.isEmpty() ? 2 : kept.equals(version) ? 0 : 1;
            version.ifPresent(found -> ranks.get(rank).put(name, found));
        });
        Map<String, CheckedFile> all = new LinkedHashMap<>();
        ranks.forEach(all::putAll);
        return all;
    }

    /**
     * Lets another try be made with files of which nothing runs, since Camel refused them. @return whether there are
     * any
     */
    boolean again() {
        Map<String, CheckedFile> running =
                versions(file -> file.running().map(RouteFile.Running::version), file -> true);
        Map<String, CheckedFile> refused = versions(RouteFile::refused, file -> true);
        // A try costs others nothing: who would have to be swapped with them is left alone.
        refused.keySet()
                .removeIf(name -> FileDependencies.between(running, refused)
                                .groups(Set.of(name))
                                .get(0)
                                .size()
                        > 1);
        refused.keySet().forEach(name -> files.get(name).again());
        return !refused.isEmpty();
    }

    /** Takes over what changed. */
    void apply(FolderScanner.Changes changes) {
        change(changes);
        routeFileReporter.found(statuses());
    }

    private void change(FolderScanner.Changes changes) {
        changes.here().forEach(this::read);
        changes.gone().stream().map(files::get).filter(Objects::nonNull).forEach(RouteFile::deleted);
        Map<String, CheckedFile> running =
                versions(file -> file.running().map(RouteFile.Running::version), file -> !file.gone());
        CompatibilityCheck.Verdict verdict = compatibilityCheck.of(running, versions(RouteFile::wanted, file -> true));
        files.forEach((name, file) -> file.joint(verdict.findings().getOrDefault(name, List.of())));
        take(verdict);
        files.values().removeIf(file -> file.gone() && file.running().isEmpty());
    }

    private void read(String name) {
        RouteFile file = files.computeIfAbsent(name, RouteFile::new);
        RouteFolder.Content content = folder.read(name);
        content.source().map(checks::check).ifPresent(file::read);
        content.finding().ifPresent(file::unreadable);
        routeFileReporter.read(file.status());
    }

    private void take(CompatibilityCheck.Verdict verdict) {
        Map<String, CheckedFile> before =
                versions(file -> file.running().map(RouteFile.Running::version), file -> true);
        Map<String, CheckedFile> after = verdict.together();
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        for (Set<String> group : FileDependencies.between(before, after).groups(changed)) {
            // What used a file that was deleted cannot be loaded again, but runs.
            group.removeIf(
                    name -> !changed.contains(name) && broken(verdict.findings().get(name)));
            swap(group, after);
        }
    }

    private void swap(Set<String> group, Map<String, CheckedFile> after) {
        Map<String, RouteFile.Running> before = new TreeMap<>();
        Map<String, CheckedFile> target = new HashMap<>(after);
        target.keySet().retainAll(group);
        group.forEach(name -> files.get(name).running().ifPresent(running -> before.put(name, running)));
        RouteSwap.Result result = routeSwap.run(before, target);
        result.refused().forEach((name, why) -> refuse(files.get(name), target.get(name), why));
        for (String name : group) {
            settle(
                    files.get(name),
                    before.get(name),
                    result.running().get(name),
                    result.refused().containsKey(name));
        }
    }

    private void refuse(RouteFile file, CheckedFile version, Exception why) {
        if (file.failed(new LoadFailure(version, why).finding())) {
            routeFileReporter.refused();
        }
    }

    private void settle(RouteFile file, RouteFile.Running before, RouteSwap.Now now, boolean refused) {
        if (now == null) {
            file.runs(null);
        } else if (before != null && before.version().equals(now.version())) {
            file.runs(new RouteFile.Running(now.version(), now.loaded(), before.since()));
        } else {
            file.runs(new RouteFile.Running(now.version(), now.loaded(), since(now.version())));
        }
        if (file.gone()) {
            lastGoodSources.forget(file.name());
        }
        boolean same = before != null && now != null && before.version().equals(now.version());
        if (refused && same) {
            // It runs as before; that its new version does not is told as a finding.
            return;
        }
        routeFileReporter.swapped(
                file.name(), before == null ? null : before.loaded(), now == null ? null : now.loaded());
    }

    /** Keeps it as the last good one. @return since when it runs; it may be what ran before this process */
    private Instant since(CheckedFile version) {
        Optional<LastGoodSources.Kept> kept =
                lastGoodSources.of(version.source().name());
        if (kept.isPresent() && kept.get().source().equals(version.source())) {
            return kept.get().since();
        }
        lastGoodSources.keep(version.source());
        return Instant.now();
    }

    /** It ran, so it runs on, even if checks have become stricter. Camel may still refuse it. */
    private void fallBack(LastGoodSources.Kept kept) {
        String name = kept.source().name();
        CheckedFile version = checks.check(kept.source());
        Map<String, CheckedFile> running =
                versions(file -> file.running().map(RouteFile.Running::version), file -> true);
        Map<String, CheckedFile> together =
                compatibilityCheck.of(running, Map.of(name, version)).together();
        if (together.containsKey(name)) {
            swap(Set.of(name), together);
        }
    }

    private Map<String, CheckedFile> versions(
            Function<RouteFile, Optional<CheckedFile>> version, java.util.function.Predicate<RouteFile> which) {
        Map<String, CheckedFile> versions = new TreeMap<>();
        files.forEach((name, file) -> {
            if (which.test(file)) {
                version.apply(file).ifPresent(found -> versions.put(name, found));
            }
        });
        return versions;
    }

    private static boolean broken(List<RouteFinding> findings) {
        return findings != null
                && findings.stream().anyMatch(routeFinding -> routeFinding.severity() == RouteFinding.Severity.ERROR);
    }
}
