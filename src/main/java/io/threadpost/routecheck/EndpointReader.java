package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the endpoints that an element names, as {@code direct:name}, and as {@code direct} with {@code name} among its
 * parameters.
 */
record EndpointReader(ComponentModels components, Placeholders placeholders) {
    private static final Set<String> FROM =
            Set.of("FromDefinition", "OutputAwareFromDefinition", "RouteFromDefinitionDeserializer");
    private static final Set<String> POLLED = Set.of("PollDefinition", "PollEnrichDefinition");
    private static final Set<String> DYNAMIC = Set.of("ToDynamicDefinition", "WireTapDefinition");
    private static final Set<String> COMPUTED =
            Set.of("EnrichDefinition", "PollEnrichDefinition", "RecipientListDefinition", "RoutingSlipDefinition");
    private static final Set<String> PATTERNS = Set.of("InterceptFromDefinition", "InterceptSendToEndpointDefinition");

    List<EndpointUse> read(ModelElement element) {
        List<EndpointUse> uses = new ArrayList<>();
        String definition = element.definition();
        if (PATTERNS.contains(definition)) {
            // Their `uri` is a pattern and no endpoint.
            element.value().text("afterUri").ifPresent(uri -> uses.add(to(uri)));
            return uses;
        }
        EndpointUse.Direction direction =
                POLLED.contains(definition) ? EndpointUse.Direction.POLLED : EndpointUse.Direction.TO;
        if (element.shape().properties().containsKey("uri")) {
            element.text("uri")
                    .ifPresent(uri -> uses.add(use(
                            uri,
                            element.value().entriesAt("parameters"),
                            FROM.contains(definition) ? EndpointUse.Direction.FROM : direction,
                            DYNAMIC.contains(definition))));
        }
        element.value().text("deadLetterUri").ifPresent(uri -> uses.add(to(uri)));
        if (COMPUTED.contains(definition)) {
            constant(element.value()).ifPresent(uri -> uses.add(use(uri, List.of(), direction, true)));
        }
        return uses;
    }

    private EndpointUse to(YamlNode uri) {
        return use(uri, List.of(), EndpointUse.Direction.TO, false);
    }

    private EndpointUse use(
            YamlNode place, List<YamlNode.Entry> parameters, EndpointUse.Direction direction, boolean dynamic) {
        EndpointUri uri = EndpointUri.of(placeholders.resolve(place.text().strip()));
        Optional<YamlNode.Entry> path = uri.path().isEmpty() ? path(uri.scheme(), parameters) : Optional.empty();
        return new EndpointUse(
                place,
                parameters,
                direction,
                dynamic,
                path.map(entry -> uri.at(
                                placeholders.resolve(entry.value().text()).strip()))
                        .orElse(uri),
                parameters.stream()
                        .filter(entry -> path.isEmpty() || entry != path.get())
                        .toList());
    }

    /** The parameter that is the path; there is none for components whose path has several pieces. */
    private Optional<YamlNode.Entry> path(String scheme, List<YamlNode.Entry> parameters) {
        return components
                .find(scheme)
                .filter(component -> component.path().size() == 1)
                .flatMap(component -> parameters.stream()
                        .filter(entry ->
                                entry.name().equals(component.path().get(0).name()))
                        .findFirst())
                .filter(entry -> entry.value().isText());
    }

    /** The text of an expression that is a constant, or nearly so. */
    private static Optional<YamlNode> constant(YamlNode map) {
        YamlNode expression = map.at("expression").orElse(map);
        for (String language : List.of("constant", "simple")) {
            Optional<YamlNode> found =
                    expression.at(language).flatMap(node -> node.isText() ? Optional.of(node) : node.at("expression"));
            if (found.isPresent()) {
                return found.filter(node -> node.isText() && !node.text().contains(","));
            }
        }
        return Optional.empty();
    }
}
