package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks at routes of somebody's own that take from outside, or send mails: the headers of a message decide what Camel's
 * components do, and whoever sends one writes its headers.
 */
record HeaderFilterCheck(FindingCollector report) {
    private static final Set<String> OUTSIDE =
            Set.of("imap", "imaps", "pop3", "pop3s", "amqp", "jms", "kafka", "http", "https", "platform-http");
    private static final Set<String> MAILS = Set.of("smtp", "smtps");

    void check(List<ModelElement> elements) {
        EndpointUse from = null;
        boolean removed = false;
        List<EndpointUse> told = new ArrayList<>();
        for (ModelElement modelElement : elements) {
            for (EndpointUse use : EndpointUse.of(modelElement)) {
                String scheme = EndpointUri.of(use.uri().strip()).scheme();
                if (use.direction() == EndpointUse.Direction.FROM) {
                    from = OUTSIDE.contains(scheme) ? use : null;
                    removed = false;
                } else if (!removed && MAILS.contains(scheme)) {
                    report.warning(
                            use.place(),
                            "headers of the message become headers of the mail, To and Bcc among them",
                            "put `- removeHeaders: {pattern: \"*\"}` before it, and set those that are wanted behind that");
                } else if (!removed && from != null && !told.contains(from)) {
                    told.add(from);
                    report.warning(
                            from.place(),
                            "whoever sends to "
                                    + report.quote(EndpointUri.of(from.uri()).scheme())
                                    + " writes headers that steer the steps behind",
                            "begin with `- removeHeaders: {pattern: \"*\"}`, and keep in properties what is wanted");
                }
            }
            if (modelElement.is("RemoveHeadersDefinition")) {
                removed |= modelElement
                        .text("pattern")
                        .map(YamlNode::text)
                        .orElse("")
                        .contains("*");
            }
        }
    }
}
