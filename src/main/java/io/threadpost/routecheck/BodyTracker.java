package io.threadpost.routecheck;

import java.util.Optional;
import java.util.Set;

/**
 * Follows the body through the steps of a route, as far as it is known from the consumed endpoint and the steps so far.
 */
final class BodyTracker {
    private static final Set<String> CHANGING = Set.of(
            "SetBodyDefinition",
            "TransformDefinition",
            "MarshalDefinition",
            "UnmarshalDefinition",
            "ConvertBodyDefinition",
            "BeanDefinition",
            "EnrichDefinition",
            "PollDefinition",
            "PollEnrichDefinition",
            "SplitDefinition",
            "AggregateDefinition",
            "ClaimCheckDefinition",
            "KameletDefinition",
            "ScriptDefinition",
            "RecipientListDefinition",
            "RoutingSlipDefinition",
            "DynamicRouterDefinition");

    /** Endpoints that leave the body as it is. */
    private static final Set<String> ONE_WAY =
            Set.of("log", "seda", "file", "kafka", "amqp", "smtp", "smtps", "sftp", "ftps", "ftp");

    private final ParsedFile file;
    private final RouteVocabulary.Bodies bodies;
    private ModelElement route;
    private ModelElement changer;
    private Optional<KnownBody> body = Optional.empty();
    private Optional<KnownBody> before = Optional.empty();

    BodyTracker(ParsedFile file) {
        this.file = file;
        this.bodies = file.vocabulary().bodies();
    }

    /** @param certain whether it can be no other body */
    record KnownBody(RouteVocabulary.Body type, boolean certain) {}

    /** Passes the next element of the file. */
    void pass(ModelElement element) {
        Optional<EndpointUse> from =
                file.endpoints(element).stream().filter(EndpointUse::consumes).findFirst();
        if (element.is("RouteDefinition") || element.is("RouteTemplateDefinition")) {
            route = element;
            become(null, Optional.empty());
        } else if (route != null && from.isPresent()) {
            become(null, consumed(from.get()));
        } else if (element.is("ProcessDefinition")) {
            String step = element.text("ref").map(YamlNode::text).orElse("").strip();
            if (!bodies.keeping().contains(step)) {
                become(element, Optional.ofNullable(bodies.steps().get(step)).map(made -> new KnownBody(made, true)));
            }
        } else if (CHANGING.contains(element.definition()) || receivesAnswer(element)) {
            become(element, Optional.empty());
        }
    }

    /**
     * @return the body that an expression of the element reads; inside of a step that changes it, the body before that
     *     step
     */
    Optional<KnownBody> at(ModelElement element) {
        for (ModelElement around = element; around != null; around = around.parent()) {
            if (around == changer && !around.is("SplitDefinition")) {
                return before;
            }
        }
        return body;
    }

    private void become(ModelElement by, Optional<KnownBody> now) {
        before = body;
        body = now;
        changer = by;
    }

    private Optional<KnownBody> consumed(EndpointUse from) {
        return bodies.endpoints().stream()
                .filter(source -> source.uri().matcher(from.text().strip()).matches())
                .filter(source -> from.unresolved().options().keySet().stream().noneMatch(source.unless()::equals)
                        && from.parameter(source.unless()).isEmpty())
                .map(source -> new KnownBody(source.body(), source.certain()))
                .findFirst();
    }

    /** The answer of a service takes the place of the body. */
    private boolean receivesAnswer(ModelElement element) {
        return element.value().at("variableReceive").isEmpty()
                && !element.is("WireTapDefinition")
                && file.endpoints(element).stream()
                        .anyMatch(use -> !isOneWay(use.unresolved().scheme()));
    }

    private boolean isOneWay(String scheme) {
        return ONE_WAY.contains(scheme)
                || file.vocabulary().components().stream()
                        .anyMatch(component ->
                                component.scheme().equals(scheme) && component.has(RouteVocabulary.Trait.ONE_WAY));
    }
}
