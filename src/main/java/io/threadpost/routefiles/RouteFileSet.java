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
import java.util.function.Predicate;

import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.routecheck.RouteFolder;
import io.threadpost.routecheck.RouteLinter;

/**
 * All route files, and the version of each that runs. A new version is checked first, on its own and with the others,
 * and an error leaves everything as it is.
 */
final class RouteFileSet {
    private final RouteFolder folder;
    private final RouteLinter linter;
    private final CompatibilityCheck compatibility;
    private final RouteSwap swaps;
    private final LastGoodSources lastGood;
    private final RouteFileReporter reporter;
    private final Map<String, RouteFile> files = new TreeMap<>();

    RouteFileSet(
            RouteFolder folder,
            RouteLinter linter,
            RouteLoader loader,
            LastGoodSources lastGood,
            RouteFileReporter reporter) {
        this.folder = folder;
        this.linter = linter;
        this.compatibility = new CompatibilityCheck(linter);
        this.swaps = new RouteSwap(loader);
        this.lastGood = lastGood;
        this.reporter = reporter;
    }

    List<RouteFileStatus> statuses() {
        return files.values().stream().map(RouteFile::status).toList();
    }

    /** @return the source of the last version of a file that ran; empty when none did */
    Optional<String> lastGoodSource(String name) {
        return lastGood.of(name).map(kept -> kept.source().text());
    }

    /** @return the versions of a file that ran, the newest first */
    List<RouteFileVersion> versions(String name) {
        return lastGood.versions(name);
    }

    /**
     * Loads these files at the start. Versions that ran before come first, so that no new one takes their place; a file
     * whose version in the folder cannot run runs in its last good version.
     */
    void open(Set<String> names) {
        lastGood.names().stream().filter(name -> !names.contains(name)).forEach(lastGood::forget);
        names.forEach(this::read);
        apply(compatibility.of(Map.of(), lastGoodFirst()));
        for (RouteFile file : files.values()) {
            if (file.running().isEmpty()) {
                lastGood.of(file.name()).ifPresent(this::fallBack);
            }
        }
        // A last good version may define what another file missed.
        update(new FolderScanner.Changes(Set.of(), Set.of()));
        reporter.statuses(statuses());
    }

    /** @return the loadable versions: those that ran, then those that changed since, then those of new files */
    private Map<String, CheckedFile> lastGoodFirst() {
        List<Map<String, CheckedFile>> ranks = List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        files.forEach((name, file) -> {
            Optional<CheckedFile> kept = lastGood.of(name).map(good -> linter.check(good.source()));
            Optional<CheckedFile> version = file.candidate().or(() -> kept.filter(CheckedFile::loadable));
            int rank = kept.isEmpty() ? 2 : kept.equals(version) ? 0 : 1;
            version.ifPresent(found -> ranks.get(rank).put(name, found));
        });
        Map<String, CheckedFile> all = new LinkedHashMap<>();
        ranks.forEach(all::putAll);
        return all;
    }

    /**
     * Schedules another attempt for files that Camel rejected and of which nothing runs.
     *
     * @return whether there are any
     */
    boolean retryRejected() {
        Map<String, CheckedFile> running =
                versions(file -> file.running().map(RouteFile.Running::version), file -> true);
        Map<String, CheckedFile> rejected = versions(RouteFile::rejected, file -> true);
        // An attempt must not disturb other files: one that needs others to be swapped with it is left alone.
        rejected.keySet()
                .removeIf(name -> FileDependencies.between(running, rejected)
                                .groups(Set.of(name))
                                .get(0)
                                .size()
                        > 1);
        rejected.keySet().forEach(name -> files.get(name).retry());
        return !rejected.isEmpty();
    }

    /** Applies the changes of the folder. */
    void apply(FolderScanner.Changes changes) {
        update(changes);
        reporter.statuses(statuses());
    }

    private void update(FolderScanner.Changes changes) {
        changes.saved().forEach(this::read);
        changes.deleted().stream().map(files::get).filter(Objects::nonNull).forEach(RouteFile::deleted);
        Map<String, CheckedFile> running =
                versions(file -> file.running().map(RouteFile.Running::version), file -> !file.isDeleted());
        CompatibilityCheck.Verdict verdict = compatibility.of(running, versions(RouteFile::candidate, file -> true));
        files.forEach((name, file) -> file.joint(verdict.findings().getOrDefault(name, List.of())));
        apply(verdict);
        files.values().removeIf(file -> file.isDeleted() && file.running().isEmpty());
    }

    private void read(String name) {
        RouteFile file = files.computeIfAbsent(name, RouteFile::new);
        RouteFolder.Content content = folder.read(name);
        content.source().map(linter::check).ifPresent(file::read);
        content.finding().ifPresent(file::unreadable);
        reporter.read(file.status());
    }

    private void apply(CompatibilityCheck.Verdict verdict) {
        Map<String, CheckedFile> before =
                versions(file -> file.running().map(RouteFile.Running::version), file -> true);
        Map<String, CheckedFile> after = verdict.versions();
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        for (Set<String> group : FileDependencies.between(before, after).groups(changed)) {
            // A file that uses a deleted one cannot be loaded again, but it runs.
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
        RouteSwap.Result result = swaps.run(before, target);
        result.rejected().forEach((name, why) -> reject(files.get(name), target.get(name), why));
        for (String name : group) {
            settle(
                    files.get(name),
                    before.get(name),
                    result.running().get(name),
                    result.rejected().containsKey(name));
        }
    }

    private void reject(RouteFile file, CheckedFile version, Exception why) {
        if (file.rejected(new LoadFailure(version, why).finding())) {
            reporter.rejected();
        }
    }

    private void settle(RouteFile file, RouteFile.Running before, RouteSwap.Now now, boolean rejected) {
        if (now == null) {
            file.runs(null);
        } else if (before != null && before.version().equals(now.version())) {
            file.runs(new RouteFile.Running(now.version(), now.loaded(), before.since()));
        } else {
            file.runs(new RouteFile.Running(now.version(), now.loaded(), since(now.version())));
        }
        if (file.isDeleted()) {
            lastGood.forget(file.name());
        }
        boolean same = before != null && now != null && before.version().equals(now.version());
        if (rejected && same) {
            // It runs as before, and a finding reports the rejected version.
            return;
        }
        reporter.swapped(file.name(), before == null ? null : before.loaded(), now == null ? null : now.loaded());
    }

    /**
     * Stores the version as the last good one.
     *
     * @return since when it runs, which may be before this process started
     */
    private Instant since(CheckedFile version) {
        Optional<LastGoodSources.Kept> kept = lastGood.of(version.source().name());
        if (kept.isPresent() && kept.get().source().equals(version.source())) {
            return kept.get().since();
        }
        lastGood.keep(version.source());
        return Instant.now();
    }

    /** A version that ran keeps running, even if the checks have become stricter since. Camel may still reject it. */
    private void fallBack(LastGoodSources.Kept kept) {
        String name = kept.source().name();
        CheckedFile version = linter.check(kept.source());
        Map<String, CheckedFile> running =
                versions(file -> file.running().map(RouteFile.Running::version), file -> true);
        Map<String, CheckedFile> compatible =
                compatibility.of(running, Map.of(name, version)).versions();
        if (compatible.containsKey(name)) {
            swap(Set.of(name), compatible);
        }
    }

    private Map<String, CheckedFile> versions(
            Function<RouteFile, Optional<CheckedFile>> version, Predicate<RouteFile> which) {
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
                && findings.stream().anyMatch(finding -> finding.severity() == RouteFinding.Severity.ERROR);
    }
}
