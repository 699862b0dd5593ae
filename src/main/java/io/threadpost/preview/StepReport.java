package io.threadpost.preview;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.support.CamelContextHelper;

import io.threadpost.preview.MessageHistory.ExpressionValue;
import io.threadpost.secrets.Redactor;
import io.threadpost.steptrace.Step;
import io.threadpost.steptrace.StepPath;

/** Reports the steps of a passage: how it ended, what its expressions stood for, and what it kept from running. */
final class StepReport {
    private static final int MOST_VALUES = 8;

    private final Redactor redactor;
    private final Map<String, NamedNode> nodes = new HashMap<>();
    private final Map<String, Set<ExpressionValue>> values = new HashMap<>();
    private final Map<String, Integer> runs = new HashMap<>();
    private RouteReach reach;

    StepReport(Redactor redactor) {
        this.redactor = redactor;
    }

    /** @param routes what the loaded routes reach */
    void loaded(RouteReach routes) {
        reach = routes;
    }

    void add(NamedNode node) {
        nodes.put(key(CamelContextHelper.getRouteId(node), node.getId()), node);
    }

    /** Begins a passage. */
    void restart() {
        values.clear();
        runs.clear();
    }

    /** @param stood what its expressions stand for now */
    void ran(NamedNode node, List<ExpressionValue> stood) {
        String key = key(CamelContextHelper.getRouteId(node), node.getId());
        values.computeIfAbsent(key, step -> new LinkedHashSet<>()).addAll(stood);
        runs.merge(key, 1, Integer::sum);
    }

    /** @return file, line and label */
    String place(NamedNode node) {
        String name = node.getShortName();
        String label = redactor.redact(String.valueOf(node.getLabel()));
        String text = label.equals(name) || label.startsWith(name + "[") ? label : name + " " + label;
        return at(node) + text;
    }

    static String at(NamedNode node) {
        return file(node.getLocation()) + ":" + Math.max(0, node.getLineNumber()) + ": ";
    }

    private static int level(NamedNode node) {
        int level = -1;
        for (NamedNode above = node == null ? null : node.getParent(); above != null; above = above.getParent()) {
            level++;
        }
        return Math.max(0, level);
    }

    private static String key(String route, String id) {
        return route + " " + id;
    }

    /** @param failed the step that failed the exchange; null when none did */
    Passage.Step step(StepPath.Visit visit, Step failed) {
        Step step = visit.step();
        String key = key(step.route(), step.id());
        NamedNode node = nodes.get(key);
        String result = visit.branch() == null ? "" : redactor.redact(visit.branch());
        if (visit.outcome() == StepPath.Outcome.REJECTED) {
            result = "no";
        } else if (step.kind().equals("filter")) {
            result = "yes";
        } else if (node instanceof SplitDefinition || node instanceof LoopDefinition) {
            result = rounds((ProcessorDefinition<?>) node, node instanceof SplitDefinition ? "part" : "round");
        }
        if (step == failed) {
            result = "failed";
        }
        return new Passage.Step(
                file(step.file()),
                Math.max(0, step.line()),
                step.route(),
                level(node),
                step.kind(),
                redactor.redact(step.label()),
                result,
                values.getOrDefault(key, Set.of()).stream().limit(MOST_VALUES).toList(),
                MessageHistory.sets(node).map(MessageHistory.Setting::toString).orElse(""),
                node instanceof SplitDefinition || node instanceof LoopDefinition ? reach.of(node) : Set.of(),
                node == null ? Set.of() : missed(node, visit, result));
    }

    /** @return how often the steps inside of a step ran */
    private String rounds(ProcessorDefinition<?> node, String what) {
        String route = CamelContextHelper.getRouteId(node);
        int count = node.getOutputs().stream()
                .mapToInt(inner -> runs.getOrDefault(key(route, inner.getId()), 0))
                .max()
                .orElse(0);
        return (count == 0 ? "no" : count) + " " + what + (count == 1 ? "" : "s");
    }

    private Set<String> missed(NamedNode node, StepPath.Visit visit, String result) {
        if (node instanceof ChoiceDefinition choice) {
            Set<String> missed = new HashSet<>();
            RouteReach.branches(choice)
                    .filter(branch -> !branch.getLabel().equals(visit.branch()))
                    .forEach(branch -> missed.addAll(reach.of(branch)));
            return missed;
        }
        if (List.of("no", "no parts", "no rounds").contains(result)) {
            return reach.of(node);
        }
        return node instanceof StopDefinition || result.equals("failed") ? reach.behind(node) : Set.of();
    }

    static String file(String location) {
        return location == null ? "" : location.replaceFirst("^[a-z]+:", "").replaceFirst(":\\d+$", "");
    }
}
