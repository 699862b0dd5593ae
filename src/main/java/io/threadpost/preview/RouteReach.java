package io.threadpost.preview;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OutputNode;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** The endpoints and steps that a message may reach behind a step, through other routes and spools, too. */
final class RouteReach {
    /** Stands for an address that is known only when a message is there. */
    static final String ANYWHERE = "*";

    private final CamelContext camel;
    private final Map<String, Collection<ProcessorDefinition<?>>> routes = new HashMap<>();
    private final Map<NamedNode, Set<String>> known = new HashMap<>();

    RouteReach(CamelContext camel) {
        this.camel = camel;
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteDefinition route : List.copyOf(model.getRouteDefinitions())) {
            if (route.getInput() != null) {
                routes.put(address(route.getInput().getEndpointUri()), route.getOutputs());
            }
        }
        model.getRouteTemplateDefinitions()
                .forEach(template -> routes.put(
                        "kamelet:" + template.getId(), template.getRoute().getOutputs()));
    }

    /** @return of the step and what is inside of it */
    Set<String> of(NamedNode step) {
        return known.computeIfAbsent(step, node -> {
            Set<String> found = new LinkedHashSet<>();
            collect(node, found, new HashSet<>());
            return Set.copyOf(found);
        });
    }

    /** @return of the steps behind a step in its route */
    Set<String> behind(NamedNode step) {
        Set<String> found = new LinkedHashSet<>();
        for (NamedNode node = step; node != null; node = node.getParent()) {
            NamedNode inner = node;
            NamedNode around = node.getParent() instanceof ChoiceDefinition choice
                    ? branch(choice, inner).orElse(null)
                    : node.getParent();
            List<ProcessorDefinition<?>> siblings = around instanceof OutputNode steps ? steps.getOutputs() : List.of();
            siblings.stream().skip(siblings.indexOf(inner) + 1L).forEach(sibling -> found.addAll(of(sibling)));
        }
        return found;
    }

    /** @return the branch that has a step */
    static Optional<NamedNode> branch(ChoiceDefinition choice, NamedNode step) {
        return branches(choice)
                .filter(branch ->
                        branch == step || ((OutputNode) branch).getOutputs().contains(step))
                .findFirst();
    }

    static Stream<NamedNode> branches(ChoiceDefinition choice) {
        return Stream.concat(choice.getWhenClauses().stream(), Stream.ofNullable(choice.getOtherwise()));
    }

    private void collect(NamedNode node, Set<String> found, Set<String> seen) {
        MessageHistory.sets(node).ifPresent(set -> found.add(set.toString()));
        if (node instanceof SendDefinition<?> send) {
            target(send.getEndpointUri(), found, seen);
        } else if (node instanceof ToDynamicDefinition dynamic) {
            target(dynamic.getUri(), found, seen);
        } else if (node instanceof KameletDefinition kamelet) {
            target("kamelet:" + kamelet.getName(), found, seen);
        } else if (node instanceof ProcessDefinition process) {
            found.add("ref:" + process.getRef());
        } else if (node instanceof EnrichDefinition || node instanceof PollEnrichDefinition) {
            target(((ExpressionNode) node).getExpression().getExpression(), found, seen);
        } else if (node instanceof LogDefinition) {
            found.add("log:");
        } else if (node instanceof ExpressionNode
                && node.getShortName().matches("recipientList|routingSlip|dynamicRouter")) {
            found.add(ANYWHERE);
        }
        if (node instanceof ChoiceDefinition choice) {
            branches(choice).forEach(branch -> collect(branch, found, seen));
        } else if (node instanceof OutputNode steps) {
            all(steps.getOutputs(), found, seen);
        }
    }

    private void all(Collection<ProcessorDefinition<?>> steps, Set<String> found, Set<String> seen) {
        steps.forEach(step -> collect(step, found, seen));
    }

    private void target(String uri, Set<String> found, Set<String> seen) {
        if (uri == null) {
            // The method of a bean has no text.
            found.add(ANYWHERE);
            return;
        }
        String address = address(uri);
        found.add(address.matches("(\\$|\\{\\{).*") ? ANYWHERE : address);
        Collection<ProcessorDefinition<?>> steps = routes.get(address);
        if (steps != null && seen.add(address)) {
            all(steps, found, seen);
        }
    }

    /** @return without options, and with the values of its placeholders */
    private String address(String uri) {
        String address = uri;
        try {
            address = camel.resolvePropertyPlaceholders(uri);
        } catch (RuntimeException e) {
            // A parameter of a template; it is left as it is.
        }
        return address.replaceFirst("\\?(?![^{]*}).*", "").replaceFirst("^([a-z]+):/+(?!/)", "$1:");
    }
}
