package io.threadpost.routecheck;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at what has to follow what: half a route is a route to Camel, and loses what it carries. */
final class OrderCheck {
    private static final Set<String> FROM = Set.of("FromDefinition", "OutputAwareFromDefinition");
    /** Steps that only get something ready. */
    private static final Set<String> READYING =
            Set.of("threadsAsJson", "threadsAsNdjson", "threadsAsCsv", "queueMessage", "kafkaRecord");

    private static final Map<String, String> DELIVERING =
            Map.of("queueMessage", "`to: amqp:…`", "kafkaRecord", "`to: kafka:…`");
    /** What a route that takes from {@code windows:open} cannot do without. */
    private static final List<String> WALKING = List.of("cursorLoop", "commitPage");

    private final Endpoints endpoints;
    private final Report report;

    OrderCheck(Endpoints endpoints, Report report) {
        this.endpoints = endpoints;
        this.report = report;
    }

    void check(Element element) {
        List<Part> steps = element.value().at("steps").map(Part::items).orElse(List.of());
        if (!FROM.contains(element.definition()) || steps.isEmpty()) {
            return;
        }
        last(steps.get(steps.size() - 1));
        boolean walks = EndpointUse.of(element).stream()
                .anyMatch(use -> endpoints.read(use).scheme().equals("windows"));
        if (walks) {
            List<String> refs = steps.stream().flatMap(OrderCheck::refs).toList();
            WALKING.stream()
                    .filter(step -> !refs.contains(step))
                    .forEach(step -> report.error(
                            element.key(),
                            "the step `" + step + "` is missing, so nothing would be pulled",
                            "write it where routes/pull-threads.camel.yaml has it as it is shipped"));
        }
    }

    private void last(Part step) {
        Optional<Part> ref = step.at("process").flatMap(process -> process.at("ref"));
        ref.filter(name -> READYING.contains(name.text()))
                .ifPresent(name -> report.error(
                        name,
                        "nothing stands behind " + report.quote(name.text()) + ", so nothing would be delivered",
                        "write the step that delivers, such as "
                                + DELIVERING.getOrDefault(name.text(), "`writeFiles`")));
        Optional<Part> to =
                step.at("to").flatMap(target -> target.is(Part.Kind.TEXT) ? Optional.of(target) : target.at("uri"));
        to.filter(uri -> uri.text().startsWith("digest:"))
                .ifPresent(uri -> report.error(
                        uri,
                        "nothing stands behind " + report.quote(uri.text()) + ", so its mails would be lost",
                        "split them to a spool, such as spool:digest-mails"));
    }

    private static Stream<String> refs(Part part) {
        return Stream.concat(
                part.textAt("ref").stream(),
                Stream.concat(part.items().stream(), part.entries().stream().map(Part.Entry::value))
                        .flatMap(OrderCheck::refs));
    }
}
