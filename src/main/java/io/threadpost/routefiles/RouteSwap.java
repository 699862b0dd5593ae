package io.threadpost.routefiles;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.threadpost.routecheck.CheckedFile;

/**
 * Replaces the versions of files that hang together. What Camel refuses is left out, and the old version runs again;
 * the others are loaded with that.
 */
final class RouteSwap {
    private final RouteLoader loader;

    RouteSwap(RouteLoader loader) {
        this.loader = loader;
    }

    /**
     * What came of it.
     *
     * @param running what runs now, by file
     * @param refused why a file's new version, or even its old one, does not run
     */
    record Result(Map<String, Now> running, Map<String, Exception> refused) {}

    /** A version that runs now. */
    record Now(CheckedFile version, LoadedRoutes loaded) {}

    /**
     * @param before what runs, by file
     * @param after what shall run, by file; a file that is not there is taken out
     */
    Result run(Map<String, RouteFile.Running> before, Map<String, CheckedFile> after) {
        loader.unload(before.values().stream().map(RouteFile.Running::loaded).toList());
        Map<String, CheckedFile> plan = new TreeMap<>(after);
        Map<String, Exception> refused = new TreeMap<>();
        while (true) {
            Map<String, Now> running = new LinkedHashMap<>();
            Refusal refusal = load(plan, running);
            if (refusal == null) {
                return new Result(running, refused);
            }
            loader.unload(running.values().stream().map(Now::loaded).toList());
            revise(plan, before, refusal, refused);
        }
    }

    private Refusal load(Map<String, CheckedFile> plan, Map<String, Now> running) {
        for (CheckedFile file : FileDependencies.inOrder(plan.values())) {
            String name = file.source().name();
            try {
                running.put(name, new Now(file, loader.load(file)));
            } catch (Exception e) {
                return new Refusal(name, e);
            }
        }
        return null;
    }

    /**
     * Takes back what is to blame: the refused file's change; or, if it has none, all changes; or, if there are none,
     * the file.
     */
    private static void revise(
            Map<String, CheckedFile> plan,
            Map<String, RouteFile.Running> before,
            Refusal refusal,
            Map<String, Exception> refused) {
        if (changed(refusal.name(), plan, before)) {
            refused.put(refusal.name(), refusal.why());
            takeBack(refusal.name(), plan, before);
            return;
        }
        var changes = plan.keySet().stream()
                .filter(name -> changed(name, plan, before))
                .toList();
        if (changes.isEmpty()) {
            refused.put(refusal.name(), refusal.why());
            plan.remove(refusal.name());
            return;
        }
        for (String name : changes) {
            refused.put(
                    name,
                    new IllegalStateException(
                            "with it, " + refusal.name() + " cannot be loaded: "
                                    + refusal.why().getMessage(),
                            refusal.why()));
            takeBack(name, plan, before);
        }
    }

    private static boolean changed(String name, Map<String, CheckedFile> plan, Map<String, RouteFile.Running> before) {
        RouteFile.Running old = before.get(name);
        return old == null || !old.version().equals(plan.get(name));
    }

    private static void takeBack(String name, Map<String, CheckedFile> plan, Map<String, RouteFile.Running> before) {
        RouteFile.Running old = before.get(name);
        if (old == null) {
            plan.remove(name);
        } else {
            plan.put(name, old.version());
        }
    }

    private record Refusal(String name, Exception why) {}
}
