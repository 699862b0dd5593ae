package io.threadpost.routecheck;

import java.util.Set;

/**
 * What the body is at each step of a route, as far as it can be told from where the route takes and which steps came
 * before.
 */
final class BodyTrack {
    /** Steps that leave the body as it is, or a map with the same fields. */
    private static final Set<String> KEEPING = Set.of("setFields", "urlEncode", "openThread", "settleMail");

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
            Set.of("spool", "log", "mail", "seda", "file", "kafka", "amqp", "smtp", "smtps", "sftp", "ftps", "ftp");

    private ModelElement route;
    private ModelElement changer;
    private Body body = Body.UNKNOWN;
    private Body before = Body.UNKNOWN;

    /** What a body may be. */
    enum Body {
        THREAD,
        /** A thread, if that is what was sent to the spool. */
        PERHAPS_THREAD,
        MAIL,
        UNKNOWN
    }

    /** Takes notice of the next element of the file. */
    void pass(ModelElement modelElement) {
        if (modelElement.is("RouteDefinition") || modelElement.is("RouteTemplateDefinition")) {
            route = modelElement;
            become(null, Body.UNKNOWN);
        } else if (route != null
                && EndpointUse.of(modelElement).stream()
                        .anyMatch(use -> use.direction() == EndpointUse.Direction.FROM)) {
            EndpointUse from = EndpointUse.of(modelElement).get(0);
            boolean list = from.uri().contains("batch=")
                    || from.parameters().flatMap(map -> map.at("batch")).isPresent();
            become(null, list ? Body.UNKNOWN : taken(from.uri().strip()));
        } else if (modelElement.is("ProcessDefinition")) {
            String step =
                    modelElement.text("ref").map(YamlNode::text).orElse("").strip();
            if (step.equals("readMail")) {
                become(modelElement, Body.MAIL);
            } else if (!KEEPING.contains(step)) {
                become(modelElement, Body.UNKNOWN);
            }
        } else if (CHANGING.contains(modelElement.definition()) || asks(modelElement)) {
            become(modelElement, Body.UNKNOWN);
        }
    }

    /**
     * @return what the body is where an expression of that element is looked at: one inside of a changing step sees
     *     what was before
     */
    Body at(ModelElement modelElement) {
        for (ModelElement around = modelElement; around != null; around = around.parent()) {
            if (around == changer && !around.is("SplitDefinition")) {
                return before;
            }
        }
        return body;
    }

    private void become(ModelElement by, Body now) {
        before = body;
        body = now;
        changer = by;
    }

    private static Body taken(String uri) {
        if (uri.equals("direct:route-thread")) {
            return Body.THREAD;
        }
        return uri.startsWith("spool:") && !uri.startsWith("spool:mail") && !uri.contains("{{")
                ? Body.PERHAPS_THREAD
                : Body.UNKNOWN;
    }

    /** A service's answer takes the body's place. */
    private static boolean asks(ModelElement modelElement) {
        boolean received = modelElement.value().is(YamlNode.Kind.MAP)
                && modelElement.value().at("variableReceive").isPresent();
        return !received
                && !modelElement.is("WireTapDefinition")
                && EndpointUse.of(modelElement).stream()
                        .anyMatch(use -> !ONE_WAY.contains(
                                EndpointUri.of(use.uri().strip()).scheme()));
    }
}
