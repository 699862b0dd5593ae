package io.threadpost.routefiles;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.RouteChecks;
import io.threadpost.routecheck.RouteFinding;

/** Decides which new versions go together with what runs. One that would break another file stays out. */
final class CompatibilityCheck {
    private final RouteChecks checks;

    CompatibilityCheck(RouteChecks checks) {
        this.checks = checks;
    }

    /**
     * What was decided.
     *
     * @param together the versions that shall run, by name
     * @param findings what is found in them together, and why others stay out, by file
     */
    record Verdict(Map<String, CheckedFile> together, Map<String, List<RouteFinding>> findings) {}

    /**
     * @param running versions that run and whose files were not deleted
     * @param wanted new versions, each good in itself; of two that exclude each other, the first is taken
     */
    Verdict of(Map<String, CheckedFile> running, Map<String, CheckedFile> wanted) {
        Map<String, CheckedFile> taken = new LinkedHashMap<>(running);
        Map<String, CheckedFile> waiting = new LinkedHashMap<>(wanted);
        Map<String, List<RouteFinding>> refused = new HashMap<>();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Iterator<Map.Entry<String, CheckedFile>> next =
                            waiting.entrySet().iterator();
                    next.hasNext(); ) {
                Map.Entry<String, CheckedFile> candidate = next.next();
                List<RouteFinding> broken = broken(taken, Map.of(candidate.getKey(), candidate.getValue()));
                refused.put(candidate.getKey(), broken);
                if (broken.isEmpty()) {
                    taken = with(taken, Map.of(candidate.getKey(), candidate.getValue()));
                    next.remove();
                    progress = true;
                }
            }
        }
        if (waiting.size() > 1 && broken(taken, waiting).isEmpty()) {
            taken = with(taken, waiting);
            waiting.clear();
        }
        Map<String, List<RouteFinding>> findings = new TreeMap<>();
        checks.together(taken.values())
                .forEach(routeFinding -> findings.computeIfAbsent(routeFinding.file(), file -> new ArrayList<>())
                        .add(routeFinding));
        waiting.keySet().forEach(name -> findings.put(name, refused.get(name)));
        return new Verdict(taken, findings);
    }

    /** Errors that come with these versions, whichever file they show in. */
    private List<RouteFinding> broken(Map<String, CheckedFile> taken, Map<String, CheckedFile> more) {
        Set<RouteFinding> errors = new LinkedHashSet<>(errors(with(taken, more)));
        errors.removeAll(errors(taken));
        return List.copyOf(errors);
    }

    private List<RouteFinding> errors(Map<String, CheckedFile> versions) {
        return checks.together(versions.values()).stream()
                .filter(routeFinding -> routeFinding.severity() == RouteFinding.Severity.ERROR)
                .toList();
    }

    /** The newcomers last: what stands twice is found at the second place. */
    private static Map<String, CheckedFile> with(Map<String, CheckedFile> taken, Map<String, CheckedFile> more) {
        Map<String, CheckedFile> all = new LinkedHashMap<>(taken);
        all.keySet().removeAll(more.keySet());
        all.putAll(more);
        return all;
    }
}
