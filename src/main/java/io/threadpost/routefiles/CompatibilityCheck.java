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
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.routecheck.RouteLinter;

/** Decides which new versions can run together with the running ones. One that would break another file is rejected. */
final class CompatibilityCheck {
    private final RouteLinter linter;

    CompatibilityCheck(RouteLinter linter) {
        this.linter = linter;
    }

    /**
     * The decision.
     *
     * @param versions that shall run, by name
     * @param findings about them together, and why others are rejected, by file
     */
    record Verdict(Map<String, CheckedFile> versions, Map<String, List<RouteFinding>> findings) {}

    /**
     * @param running versions whose files are not deleted
     * @param candidates new versions, each valid on its own; of two that exclude each other, the first is accepted
     */
    Verdict of(Map<String, CheckedFile> running, Map<String, CheckedFile> candidates) {
        Map<String, CheckedFile> accepted = new LinkedHashMap<>(running);
        Map<String, CheckedFile> waiting = new LinkedHashMap<>(candidates);
        Map<String, List<RouteFinding>> rejected = new HashMap<>();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Iterator<Map.Entry<String, CheckedFile>> next =
                            waiting.entrySet().iterator();
                    next.hasNext(); ) {
                Map.Entry<String, CheckedFile> candidate = next.next();
                List<RouteFinding> errors = newErrors(accepted, Map.of(candidate.getKey(), candidate.getValue()));
                rejected.put(candidate.getKey(), errors);
                if (errors.isEmpty()) {
                    accepted = with(accepted, Map.of(candidate.getKey(), candidate.getValue()));
                    next.remove();
                    progress = true;
                }
            }
        }
        if (waiting.size() > 1 && newErrors(accepted, waiting).isEmpty()) {
            accepted = with(accepted, waiting);
            waiting.clear();
        }
        Map<String, List<RouteFinding>> findings = new TreeMap<>();
        linter.checkTogether(accepted.values())
                .forEach(finding -> findings.computeIfAbsent(finding.file(), file -> new ArrayList<>())
                        .add(finding));
        waiting.keySet().forEach(name -> findings.put(name, rejected.get(name)));
        return new Verdict(accepted, findings);
    }

    /** The errors that these versions add, in any file. */
    private List<RouteFinding> newErrors(Map<String, CheckedFile> accepted, Map<String, CheckedFile> more) {
        Set<RouteFinding> errors = new LinkedHashSet<>(errors(with(accepted, more)));
        errors.removeAll(errors(accepted));
        return List.copyOf(errors);
    }

    private List<RouteFinding> errors(Map<String, CheckedFile> versions) {
        return linter.checkTogether(versions.values()).stream()
                .filter(finding -> finding.severity() == RouteFinding.Severity.ERROR)
                .toList();
    }

    /** The new versions come last: a duplicate is reported at its second place. */
    private static Map<String, CheckedFile> with(Map<String, CheckedFile> accepted, Map<String, CheckedFile> more) {
        Map<String, CheckedFile> all = new LinkedHashMap<>(accepted);
        all.keySet().removeAll(more.keySet());
        all.putAll(more);
        return all;
    }
}
