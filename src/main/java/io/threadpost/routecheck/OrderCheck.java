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
            Set.of("threadsAsJson", "threadsAsNdjson", "threadsAsCsv", "fileAsBody", "queueMessage", "kafkaRecord");

    private static final Map<String, String> DELIVERING =
            Map.of("queueMessage", "`to: amqp:…`", "kafkaRecord", "`to: kafka:…`", "fileAsBody", "`to: sftp:…`");
    /** What a route that takes from {@code windows:open} cannot do without. */
    private static final List<String> WALKING = List.of("cursorLoop", "commitPage");

    private final EndpointReader endpointReader;
    private final FindingCollector findingCollector;

    OrderCheck(EndpointReader endpointReader, FindingCollector findingCollector) {
        this.endpointReader = endpointReader;
        this.findingCollector = findingCollector;
    }

    void check(ModelElement modelElement) {
        List<YamlNode> steps =
                modelElement.value().at("steps").map(YamlNode::items).orElse(List.of());
        if (!FROM.contains(modelElement.definition()) || steps.isEmpty()) {
            return;
        }
        last(steps.get(steps.size() - 1));
        boolean walks = EndpointUse.of(modelElement).stream()
                .anyMatch(use -> endpointReader.read(use).scheme().equals("windows"));
        if (walks) {
            List<String> refs = steps.stream().flatMap(OrderCheck::refs).toList();
            WALKING.stream()
                    .filter(step -> !refs.contains(step))
                    .forEach(step -> findingCollector.error(
                            modelElement.key(),
                            "the step `" + step + "` is missing, so nothing would be pulled",
                            "write it where routes/pull-threads.camel.yaml has it as it is shipped"));
        }
    }

    private void last(YamlNode step) {
        Optional<YamlNode> ref = step.at("process").flatMap(process -> process.at("ref"));
        ref.filter(name -> READYING.contains(name.text()))
                .ifPresent(name -> findingCollector.error(
                        name,
                        "nothing stands behind " + findingCollector.quote(name.text())
                                + ", so nothing would be delivered",
                        "write the step that delivers, such as "
                                + DELIVERING.getOrDefault(name.text(), "`writeFiles`")));
        Optional<YamlNode> to =
                step.at("to").flatMap(target -> target.is(YamlNode.Kind.TEXT) ? Optional.of(target) : target.at("uri"));
        to.filter(uri -> uri.text().startsWith("digest:"))
                .ifPresent(uri -> findingCollector.error(
                        uri,
                        "nothing stands behind " + findingCollector.quote(uri.text()) + ", so its mails would be lost",
                        "split them to a spool, such as spool:digest-mails"));
    }

    private static Stream<String> refs(YamlNode yamlNode) {
        return Stream.concat(
                yamlNode.textAt("ref").stream(),
                Stream.concat(
                                yamlNode.items().stream(),
                                yamlNode.entries().stream().map(YamlNode.Entry::value))
                        .flatMap(OrderCheck::refs));
    }
}
