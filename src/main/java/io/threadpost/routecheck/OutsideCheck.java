package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds endpoints whose address is made of a message's headers or body. Whoever sent the message chooses then where it
 * goes, and with a {@code ?} in it the options, too.
 */
final class OutsideCheck {
    private static final Pattern FROM_MESSAGE = Pattern.compile(
            "\\$(?:simple)?\\{\\s*(?:in\\.)?(?:body|bodyAs|bodyOneLine|mandatoryBodyAs|header|headers|headerAs|messageAs|jsonpath)\\b.*",
            Pattern.DOTALL);
    private static final Set<String> COMPUTED = Set.of(
            "EnrichDefinition",
            "PollEnrichDefinition",
            "RecipientListDefinition",
            "RoutingSlipDefinition",
            "DynamicRouterDefinition");

    private final FindingCollector findingCollector;

    OutsideCheck(FindingCollector findingCollector) {
        this.findingCollector = findingCollector;
    }

    void check(ModelElement modelElement) {
        Stream<YamlNode> written = EndpointUse.of(modelElement).stream()
                .filter(EndpointUse::dynamic)
                .flatMap(use -> Stream.concat(
                        Stream.of(use.place()),
                        use.parameters().map(YamlNode::entries).orElse(List.of()).stream()
                                .map(YamlNode.Entry::value)));
        Stream<YamlNode> computed = COMPUTED.contains(modelElement.definition())
                ? expression(modelElement.value()).stream()
                : Stream.empty();
        written.filter(yamlNode -> yamlNode.is(YamlNode.Kind.TEXT)
                        && FROM_MESSAGE.matcher(yamlNode.text()).find())
                .findFirst()
                .or(computed::findFirst)
                .ifPresent(yamlNode -> findingCollector.warning(
                        yamlNode,
                        "the address is made of the message's headers or body, so whoever sent it chooses where this goes",
                        "use `to` with a fixed address, below a `choice` where there are several"));
    }

    /** @return where an expression takes the address from the message, or is written in a language that does */
    private static Optional<YamlNode> expression(YamlNode map) {
        YamlNode expression = map.at("expression").orElse(map);
        Optional<YamlNode> taken = Stream.of("header", "jsonpath", "xpath")
                .flatMap(language -> expression.at(language).stream())
                .findFirst();
        return taken.or(() -> expression
                .at("simple")
                .flatMap(
                        yamlNode -> yamlNode.is(YamlNode.Kind.TEXT) ? Optional.of(yamlNode) : yamlNode.at("expression"))
                .filter(yamlNode -> yamlNode.is(YamlNode.Kind.TEXT)
                        && FROM_MESSAGE.matcher(yamlNode.text()).find()));
    }
}
