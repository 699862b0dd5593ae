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

import io.threadpost.routecheck.Checked;
import io.threadpost.routecheck.Finding;
import io.threadpost.routecheck.RouteChecks;

/** Decides which new versions go together with what runs. One that would break another file stays out. */
final class Fit {
    private final RouteChecks checks;

    Fit(RouteChecks checks) {
        this.checks = checks;
    }

    /**
     * What was decided.
     *
     * @param together the versions that shall run, by name
     * @param findings what is found in them together, and why others stay out, by file
     */
    record Verdict(Map<String, Checked> together, Map<String, List<Finding>> findings) {}

    /**
     * @param running versions that run and whose files were not deleted
     * @param wanted new versions, each good in itself; of two that exclude each other, the first is taken
     */
    Verdict of(Map<String, Checked> running, Map<String, Checked> wanted) {
        Map<String, Checked> taken = new LinkedHashMap<>(running);
        Map<String, Checked> waiting = new LinkedHashMap<>(wanted);
        Map<String, List<Finding>> refused = new HashMap<>();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Iterator<Map.Entry<String, Checked>> next = waiting.entrySet().iterator(); next.hasNext(); ) {
                Map.Entry<String, Checked> candidate = next.next();
                List<Finding> broken = broken(taken, Map.of(candidate.getKey(), candidate.getValue()));
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
        Map<String, List<Finding>> findings = new TreeMap<>();
        checks.together(taken.values())
                .forEach(finding -> findings.computeIfAbsent(finding.file(), file -> new ArrayList<>())
                        .add(finding));
        waiting.keySet().forEach(name -> findings.put(name, refused.get(name)));
        return new Verdict(taken, findings);
    }

    /** Errors that come with these versions, whichever file they show in. */
    private List<Finding> broken(Map<String, Checked> taken, Map<String, Checked> more) {
        Set<Finding> errors = new LinkedHashSet<>(errors(with(taken, more)));
        errors.removeAll(errors(taken));
        return List.copyOf(errors);
    }

    private List<Finding> errors(Map<String, Checked> versions) {
        return checks.together(versions.values()).stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
    }

    /** The newcomers last: what stands twice is found at the second place. */
    private static Map<String, Checked> with(Map<String, Checked> taken, Map<String, Checked> more) {
        Map<String, Checked> all = new LinkedHashMap<>(taken);
        all.keySet().removeAll(more.keySet());
        all.putAll(more);
        return all;
    }
}
