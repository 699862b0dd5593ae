package io.threadpost.routecheck;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds endpoints whose address is made of a message's headers or body: the sender of the message chooses where it
 * goes, and with a {@code ?} in it the options, too.
 */
final class DynamicAddressCheck implements RouteCheck {
    private static final Pattern FROM_MESSAGE = Pattern.compile(
            "\\$(?:simple)?\\{\\s*(?:in\\.)?(?:body|bodyAs|bodyOneLine|mandatoryBodyAs|header|headers|headerAs|"
                    + "messageAs|jsonpath)\\b.*",
            Pattern.DOTALL);
    private static final Set<String> COMPUTED = Set.of(
            "EnrichDefinition",
            "PollEnrichDefinition",
            "RecipientListDefinition",
            "RoutingSlipDefinition",
            "DynamicRouterDefinition");

    private final ParsedFile file;
    private final FindingCollector findings;

    DynamicAddressCheck(ParsedFile file) {
        this.file = file;
        this.findings = file.findings();
    }

    @Override
    public void check() {
        file.elements().forEach(this::check);
    }

    private void check(ModelElement element) {
        Stream<YamlNode> written = file.endpoints(element).stream()
                .filter(EndpointUse::dynamic)
                .flatMap(use -> Stream.concat(
                        Stream.of(use.place()), use.parameters().stream().map(YamlNode.Entry::value)));
        Stream<YamlNode> computed =
                COMPUTED.contains(element.definition()) ? expression(element.value()).stream() : Stream.empty();
        written.filter(node ->
                        node.isText() && FROM_MESSAGE.matcher(node.text()).find())
                .findFirst()
                .or(computed::findFirst)
                .ifPresent(node -> findings.warning(
                        node,
                        "the address is made of the message's headers or body, so its sender chooses where this goes",
                        "use `to` with a fixed address, below a `choice` where there are several"));
    }

    /** @return the expression that takes the address from the message */
    private static Optional<YamlNode> expression(YamlNode map) {
        YamlNode expression = map.at("expression").orElse(map);
        Optional<YamlNode> taken = Stream.of("header", "jsonpath", "xpath")
                .flatMap(language -> expression.at(language).stream())
                .findFirst();
        return taken.or(() -> expression
                .at("simple")
                .flatMap(node -> node.isText() ? Optional.of(node) : node.at("expression"))
                .filter(node ->
                        node.isText() && FROM_MESSAGE.matcher(node.text()).find()));
    }
}
