package io.threadpost.routefiles;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.threadpost.routecheck.CheckedFile;

/**
 * Replaces versions of files that depend on each other. Where Camel rejects a version, the old one runs again, and the
 * others are loaded with that.
 */
final class RouteSwap {
    private final RouteLoader loader;

    RouteSwap(RouteLoader loader) {
        this.loader = loader;
    }

    /**
     * The outcome.
     *
     * @param running versions, by file
     * @param rejected why a file's new version, or even its old one, does not run
     */
    record Result(Map<String, Now> running, Map<String, Exception> rejected) {}

    /** A version that runs now. */
    record Now(CheckedFile version, LoadedRoutes loaded) {}

    /**
     * @param before running versions, by file
     * @param after versions that shall run, by file; a file that is not among them is unloaded
     */
    Result run(Map<String, RouteFile.Running> before, Map<String, CheckedFile> after) {
        loader.unload(before.values().stream().map(RouteFile.Running::loaded).toList());
        Map<String, CheckedFile> plan = new TreeMap<>(after);
        Map<String, Exception> rejected = new TreeMap<>();
        while (true) {
            Map<String, Now> running = new LinkedHashMap<>();
            Rejection rejection = load(plan, running);
            if (rejection == null) {
                return new Result(running, rejected);
            }
            loader.unload(running.values().stream().map(Now::loaded).toList());
            revise(plan, before, rejection, rejected);
        }
    }

    private Rejection load(Map<String, CheckedFile> plan, Map<String, Now> running) {
        for (CheckedFile file : FileDependencies.inOrder(plan.values())) {
            String name = file.source().name();
            try {
                running.put(name, new Now(file, loader.load(file)));
            } catch (Exception e) {
                return new Rejection(name, e);
            }
        }
        return null;
    }

    /**
     * Reverts the cause: the change of the rejected file; if it has none, all changes; if there are none, unloads the
     * file.
     */
    private static void revise(
            Map<String, CheckedFile> plan,
            Map<String, RouteFile.Running> before,
            Rejection rejection,
            Map<String, Exception> rejected) {
        if (changed(rejection.name(), plan, before)) {
            rejected.put(rejection.name(), rejection.why());
            revert(rejection.name(), plan, before);
            return;
        }
        var changes = plan.keySet().stream()
                .filter(name -> changed(name, plan, before))
                .toList();
        if (changes.isEmpty()) {
            rejected.put(rejection.name(), rejection.why());
            plan.remove(rejection.name());
            return;
        }
        for (String name : changes) {
            rejected.put(
                    name,
                    new IllegalStateException(
                            "with it, " + rejection.name() + " cannot be loaded: "
                                    + rejection.why().getMessage(),
                            rejection.why()));
            revert(name, plan, before);
        }
    }

    private static boolean changed(String name, Map<String, CheckedFile> plan, Map<String, RouteFile.Running> before) {
        RouteFile.Running old = before.get(name);
        return old == null || !old.version().equals(plan.get(name));
    }

    private static void revert(String name, Map<String, CheckedFile> plan, Map<String, RouteFile.Running> before) {
        RouteFile.Running old = before.get(name);
        if (old == null) {
            plan.remove(name);
        } else {
            plan.put(name, old.version());
        }
    }

    private record Rejection(String name, Exception why) {}
}
