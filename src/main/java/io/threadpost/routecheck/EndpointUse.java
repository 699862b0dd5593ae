package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place in a route file that names an endpoint.
 *
 * @param place the URI as it is written
 * @param parameters the map beside it
 * @param direction whether it is taken from, sent to, or asked
 * @param dynamic whether the URI may hold expressions
 */
record EndpointUse(YamlNode place, Optional<YamlNode> parameters, Direction direction, boolean dynamic) {
    private static final Set<String> FROM =
            Set.of("FromDefinition", "OutputAwareFromDefinition", "RouteFromDefinitionDeserializer");
    private static final Set<String> POLLED = Set.of("PollDefinition", "PollEnrichDefinition");
    private static final Set<String> DYNAMIC = Set.of("ToDynamicDefinition", "WireTapDefinition");
    private static final Set<String> COMPUTED =
            Set.of("EnrichDefinition", "PollEnrichDefinition", "RecipientListDefinition", "RoutingSlipDefinition");
    private static final Set<String> PATTERNS = Set.of("InterceptFromDefinition", "InterceptSendToEndpointDefinition");

    /** Which way exchanges go. */
    enum Direction {
        FROM,
        TO,
        POLLED
    }

    String uri() {
        return place.text();
    }

    /** @return the endpoints that an element names */
    static List<EndpointUse> of(ModelElement modelElement) {
        List<EndpointUse> uses = new ArrayList<>();
        String definition = modelElement.shape().name();
        if (PATTERNS.contains(definition)) {
            // What they name is a pattern, and not an endpoint.
            modelElement
                    .value()
                    .at("afterUri")
                    .filter(uri -> uri.is(YamlNode.Kind.TEXT))
                    .ifPresent(uri -> uses.add(to(uri)));
            return uses;
        }
        if (modelElement.shape().properties().containsKey("uri")) {
            YamlNode written = modelElement.value().is(YamlNode.Kind.TEXT)
                    ? modelElement.value()
                    : modelElement.value().at("uri").orElse(null);
            if (written != null && written.is(YamlNode.Kind.TEXT)) {
                uses.add(new EndpointUse(
                        written,
                        modelElement.value().at("parameters").filter(parameters -> parameters.is(YamlNode.Kind.MAP)),
                        FROM.contains(definition)
                                ? Direction.FROM
                                : POLLED.contains(definition) ? Direction.POLLED : Direction.TO,
                        DYNAMIC.contains(definition)));
            }
        }
        modelElement
                .value()
                .at("deadLetterUri")
                .filter(uri -> uri.is(YamlNode.Kind.TEXT))
                .ifPresent(uri -> uses.add(to(uri)));
        if (COMPUTED.contains(definition)) {
            constant(modelElement.value())
                    .ifPresent(uri -> uses.add(new EndpointUse(
                            uri,
                            Optional.empty(),
                            POLLED.contains(definition) ? Direction.POLLED : Direction.TO,
                            true)));
        }
        return uses;
    }

    private static EndpointUse to(YamlNode uri) {
        return new EndpointUse(uri, Optional.empty(), Direction.TO, false);
    }

    /** The text of an expression that is a constant, or nearly so. */
    private static Optional<YamlNode> constant(YamlNode map) {
        YamlNode expression = map.at("expression").orElse(map);
        for (String language : List.of("constant", "simple")) {
            Optional<YamlNode> found = expression
                    .at(language)
                    .flatMap(yamlNode ->
                            yamlNode.is(YamlNode.Kind.TEXT) ? Optional.of(yamlNode) : yamlNode.at("expression"));
            if (found.isPresent()) {
                return found.filter(yamlNode ->
                        yamlNode.is(YamlNode.Kind.TEXT) && !yamlNode.text().contains(","));
            }
        }
        return Optional.empty();
    }
}
