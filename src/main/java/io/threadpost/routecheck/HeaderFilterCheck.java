package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks that routes which consume from outside, or send mails, remove foreign headers: headers steer Camel's
 * components, and the sender of a message writes them.
 */
final class HeaderFilterCheck implements RouteCheck {
    private static final Set<String> OUTSIDE =
            Set.of("imap", "imaps", "pop3", "pop3s", "amqp", "jms", "kafka", "http", "https", "platform-http");
    private static final Set<String> MAILS = Set.of("smtp", "smtps");

    private final ParsedFile file;
    private final FindingCollector findings;

    HeaderFilterCheck(ParsedFile file) {
        this.file = file;
        this.findings = file.findings();
    }

    @Override
    public void check() {
        EndpointUse from = null;
        boolean removed = false;
        List<EndpointUse> reported = new ArrayList<>();
        for (ModelElement element : file.elements()) {
            for (EndpointUse use : file.endpoints(element)) {
                String scheme = use.unresolved().scheme();
                if (use.consumes()) {
                    from = OUTSIDE.contains(scheme) ? use : null;
                    removed = false;
                } else if (!removed && MAILS.contains(scheme)) {
                    findings.warning(
                            use.place(),
                            "headers of the message become headers of the mail, To and Bcc among them",
                            "put `- removeHeaders: {pattern: \"*\"}` before it, and set the ones you need after it");
                } else if (!removed && from != null && !reported.contains(from)) {
                    reported.add(from);
                    findings.warning(
                            from.place(),
                            "the sender to "
                                    + findings.quote(from.unresolved().scheme())
                                    + " sets headers that control the following steps",
                            "begin with `- removeHeaders: {pattern: \"*\"}`, and keep what you need in exchange "
                                    + "properties");
                }
            }
            if (element.is("RemoveHeadersDefinition")) {
                removed |=
                        element.text("pattern").map(YamlNode::text).orElse("").contains("*");
            }
        }
    }
}
