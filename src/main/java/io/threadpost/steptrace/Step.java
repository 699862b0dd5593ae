package io.threadpost.steptrace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.support.CamelContextHelper;

/**
 * One step of one version of a route. The same step of an edited file is another object.
 *
 * <p>Its texts are as the file has them: placeholders are unresolved, but a text may quote a secret that somebody wrote
 * into the file, so redact it before it is stored or shown.
 */
public final class Step {
    private final String route;
    private final String id;
    private final String kind;
    private final String label;
    private final String description;
    private final String file;
    private final int line;
    private final boolean decides;
    private volatile List<Branch> branches = List.of();

    Step(NamedNode definition) {
        this.route = CamelContextHelper.getRouteId(definition);
        this.id = definition.getId();
        this.kind = definition.getShortName();
        this.label = definition.getLabel();
        this.description = definition.getDescriptionText();
        this.file = definition.getLocation();
        this.line = definition.getLineNumber();
        this.decides = definition instanceof FilterDefinition
                || definition instanceof IdempotentConsumerDefinition
                || definition instanceof ChoiceDefinition;
    }

    /**
     * One way through a filter or a choice.
     *
     * @param label its condition, such as {@code when[simple{${body[Id]}}]}, or {@code otherwise}
     * @param first its first step
     */
    record Branch(String label, Step first) {}

    /** @return the id of its route */
    public String route() {
        return route;
    }

    /** @return its id in the route, one that Camel made up, such as {@code filter1}, when the file names none */
    public String id() {
        return id;
    }

    /** @return the name of the step, such as {@code to} or {@code filter} */
    public String kind() {
        return kind;
    }

    /** @return the step with its URI, reference or expression, such as {@code filter[simple{${body[Subject]}}]} */
    public String label() {
        return label;
    }

    /** @return its description in the file; null without one */
    public String description() {
        return description;
    }

    /** @return the name of its route file; null for a route in Java */
    public String file() {
        return file;
    }

    /** @return its line in the file, from 1; negative when unknown */
    public int line() {
        return line;
    }

    /** @return whether it decides whether, or how, an exchange goes on: a filter or a choice with steps in it */
    boolean decides() {
        return decides && !branches.isEmpty();
    }

    List<Branch> branches() {
        return branches;
    }

    /** Finds the ways through this step, whose inner steps exist already. */
    void branches(NamedNode definition, Function<NamedNode, Step> steps) {
        if (!decides) {
            return;
        }
        List<Branch> found = new ArrayList<>();
        if (definition instanceof ChoiceDefinition choice) {
            for (WhenDefinition when : choice.getWhenClauses()) {
                branch(when, when.getOutputs(), steps, found);
            }
            if (choice.getOtherwise() != null) {
                branch(choice.getOtherwise(), choice.getOtherwise().getOutputs(), steps, found);
            }
        } else if (definition instanceof ProcessorDefinition<?> filter) {
            branch(filter, filter.getOutputs(), steps, found);
        }
        branches = List.copyOf(found);
    }

    private static void branch(
            NamedNode definition,
            List<ProcessorDefinition<?>> outputs,
            Function<NamedNode, Step> steps,
            List<Branch> found) {
        if (!outputs.isEmpty()) {
            found.add(new Branch(definition.getLabel(), steps.apply(outputs.get(0))));
        }
    }

    /** @return the kind with the label, such as {@code to[spool:files]} */
    public String text() {
        return label.equals(kind) || label.startsWith(kind + "[") ? label : kind + "[" + label + "]";
    }

    @Override
    public String toString() {
        return text() + (file == null ? " of route " + route : " at " + file + ":" + line);
    }
}
