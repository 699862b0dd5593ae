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

import io.threadpost.routecheck.Checked;
import io.threadpost.routecheck.Finding;
import io.threadpost.routecheck.RouteChecks;
import io.threadpost.routecheck.RouteFolder;

/**
 * All route files together: what runs of each, and how it becomes what stands in the folder. A new version is checked first, by itself
 * and with the others, and nothing is touched when something stands against it.
 */
final class Bundle {
    private final RouteFolder folder;
    private final RouteChecks checks;
    private final Fit fit;
    private final Swap swap;
    private final LastGood lastGood;
    private final Telling telling;
    private final Map<String, RouteFile> files = new TreeMap<>();

    Bundle(RouteFolder folder, RouteChecks checks, RouteLoader loader, LastGood lastGood, Telling telling) {
        this.folder = folder;
        this.checks = checks;
        this.fit = new Fit(checks);
        this.swap = new Swap(loader);
        this.lastGood = lastGood;
        this.telling = telling;
    }

    List<RouteFileStatus> statuses() {
        return files.values().stream().map(RouteFile::status).toList();
    }

    /**
     * The start: loads these files. What ran before comes first, so that no newcomer takes its place; a file that does not run runs as it
     * last did.
     */
    void open(Set<String> names) {
        lastGood.names().stream().filter(name -> !names.contains(name)).forEach(lastGood::forget);
        names.forEach(this::read);
        take(fit.of(Map.of(), veteransFirst()));
        for (RouteFile file : files.values()) {
            if (file.running().isEmpty()) {
                lastGood.of(file.name()).ifPresent(this::fallBack);
            }
        }
        // Once more with what runs by now: what another file missed may be in a version that ran before.
        change(new Sweep.Changes(Set.of(), Set.of()));
        telling.found(statuses());
    }

    /** @return what may be loaded at the start, by name: as it ran, changed since it ran, never run */
    private Map<String, Checked> veteransFirst() {
        List<Map<String, Checked>> ranks = List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        files.forEach((name, file) -> {
            Optional<Checked> kept = lastGood.of(name).map(good -> checks.check(good.source()));
            Optional<Checked> version = file.wanted().or(() -> kept.filter(Checked::loadable));
            int rank = kept.isEmpty() ? 2 : kept.equals(version) ? 0 : 1;
            version.ifPresent(found -> ranks.get(rank).put(name, found));
        });
        Map<String, Checked> all = new LinkedHashMap<>();
        ranks.forEach(all::putAll);
        return all;
    }

    /** Lets another try be made with files of which nothing runs, since Camel refused them. @return whether there are any */
    boolean again() {
        Map<String, Checked> running = versions(file -> file.running().map(RouteFile.Running::version), file -> true);
        Map<String, Checked> refused = versions(RouteFile::refused, file -> true);
        // A try costs others nothing: who would have to be swapped with them is left alone.
        refused.keySet()
                .removeIf(name -> Ties.between(running, refused)
                                .groups(Set.of(name))
                                .get(0)
                                .size()
                        > 1);
        refused.keySet().forEach(name -> files.get(name).again());
        return !refused.isEmpty();
    }

    /** Takes over what changed. */
    void apply(Sweep.Changes changes) {
        change(changes);
        telling.found(statuses());
    }

    private void change(Sweep.Changes changes) {
        changes.here().forEach(this::read);
        changes.gone().stream().map(files::get).filter(Objects::nonNull).forEach(RouteFile::deleted);
        Map<String, Checked> running =
                versions(file -> file.running().map(RouteFile.Running::version), file -> !file.gone());
        Fit.Verdict verdict = fit.of(running, versions(RouteFile::wanted, file -> true));
        files.forEach((name, file) -> file.joint(verdict.findings().getOrDefault(name, List.of())));
        take(verdict);
        files.values().removeIf(file -> file.gone() && file.running().isEmpty());
    }

    private void read(String name) {
        RouteFile file = files.computeIfAbsent(name, RouteFile::new);
        RouteFolder.Content content = folder.read(name);
        content.source().map(checks::check).ifPresent(file::read);
        content.finding().ifPresent(file::unreadable);
        telling.read(file.status());
    }

    private void take(Fit.Verdict verdict) {
        Map<String, Checked> before = versions(file -> file.running().map(RouteFile.Running::version), file -> true);
        Map<String, Checked> after = verdict.together();
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        for (Set<String> group : Ties.between(before, after).groups(changed)) {
            // What used a file that was deleted cannot be loaded again, but runs.
            group.removeIf(
                    name -> !changed.contains(name) && broken(verdict.findings().get(name)));
            swap(group, after);
        }
    }

    private void swap(Set<String> group, Map<String, Checked> after) {
        Map<String, RouteFile.Running> before = new TreeMap<>();
        Map<String, Checked> target = new HashMap<>(after);
        target.keySet().retainAll(group);
        group.forEach(name -> files.get(name).running().ifPresent(running -> before.put(name, running)));
        Swap.Result result = swap.run(before, target);
        result.refused().forEach((name, why) -> refuse(files.get(name), target.get(name), why));
        for (String name : group) {
            settle(
                    files.get(name),
                    before.get(name),
                    result.running().get(name),
                    result.refused().containsKey(name));
        }
    }

    private void refuse(RouteFile file, Checked version, Exception why) {
        if (file.failed(new Refusal(version, why).finding())) {
            telling.refused();
        }
    }

    private void settle(RouteFile file, RouteFile.Running before, Swap.Now now, boolean refused) {
        if (now == null) {
            file.runs(null);
        } else if (before != null && before.version().equals(now.version())) {
            file.runs(new RouteFile.Running(now.version(), now.loaded(), before.since()));
        } else {
            file.runs(new RouteFile.Running(now.version(), now.loaded(), since(now.version())));
        }
        if (file.gone()) {
            lastGood.forget(file.name());
        }
        boolean same = before != null && now != null && before.version().equals(now.version());
        if (refused && same) {
            // It runs as before; that its new version does not is told as a finding.
            return;
        }
        telling.swapped(file.name(), before == null ? null : before.loaded(), now == null ? null : now.loaded());
    }

    /** Keeps it as the last good one. @return since when it runs; it may be what ran before this process */
    private Instant since(Checked version) {
        Optional<LastGood.Kept> kept = lastGood.of(version.source().name());
        if (kept.isPresent() && kept.get().source().equals(version.source())) {
            return kept.get().since();
        }
        lastGood.keep(version.source());
        return Instant.now();
    }

    /** It ran, so it runs on, even if checks have become stricter. Camel may still refuse it. */
    private void fallBack(LastGood.Kept kept) {
        String name = kept.source().name();
        Checked version = checks.check(kept.source());
        Map<String, Checked> running = versions(file -> file.running().map(RouteFile.Running::version), file -> true);
        Map<String, Checked> together = fit.of(running, Map.of(name, version)).together();
        if (together.containsKey(name)) {
            swap(Set.of(name), together);
        }
    }

    private Map<String, Checked> versions(
            Function<RouteFile, Optional<Checked>> version, java.util.function.Predicate<RouteFile> which) {
        Map<String, Checked> versions = new TreeMap<>();
        files.forEach((name, file) -> {
            if (which.test(file)) {
                version.apply(file).ifPresent(found -> versions.put(name, found));
            }
        });
        return versions;
    }

    private static boolean broken(List<Finding> findings) {
        return findings != null && findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }
}
