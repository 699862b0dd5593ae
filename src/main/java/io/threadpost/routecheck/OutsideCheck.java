package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds endpoints whose address is made of a message's headers or body. Whoever sent the message chooses then where it goes, and with a
 * {@code ?} in it the options, too.
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

    private final Report report;

    OutsideCheck(Report report) {
        this.report = report;
    }

    void check(Element element) {
        Stream<Part> written = EndpointUse.of(element).stream()
                .filter(EndpointUse::dynamic)
                .flatMap(use -> Stream.concat(
                        Stream.of(use.place()),
                        use.parameters().map(Part::entries).orElse(List.of()).stream()
                                .map(Part.Entry::value)));
        Stream<Part> computed =
                COMPUTED.contains(element.definition()) ? expression(element.value()).stream() : Stream.empty();
        written.filter(part -> part.is(Part.Kind.TEXT)
                        && FROM_MESSAGE.matcher(part.text()).find())
                .findFirst()
                .or(computed::findFirst)
                .ifPresent(part -> report.warning(
                        part,
                        "the address is made of the message's headers or body, so whoever sent it chooses where this goes",
                        "use `to` with a fixed address, below a `choice` where there are several"));
    }

    /** @return where an expression takes the address from the message, or is written in a language that does */
    private static Optional<Part> expression(Part map) {
        Part expression = map.at("expression").orElse(map);
        Optional<Part> taken = Stream.of("header", "jsonpath", "xpath")
                .flatMap(language -> expression.at(language).stream())
                .findFirst();
        return taken.or(() -> expression
                .at("simple")
                .flatMap(part -> part.is(Part.Kind.TEXT) ? Optional.of(part) : part.at("expression"))
                .filter(part -> part.is(Part.Kind.TEXT)
                        && FROM_MESSAGE.matcher(part.text()).find()));
    }
}
