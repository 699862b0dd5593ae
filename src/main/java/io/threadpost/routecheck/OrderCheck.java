package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the order of steps: Camel also runs an incomplete route, which then loses what it carries. */
final class OrderCheck implements RouteCheck {
    private static final Set<String> FROM = Set.of("FromDefinition", "OutputAwareFromDefinition");

    private final ParsedFile file;
    private final FindingCollector findings;

    OrderCheck(ParsedFile file) {
        this.file = file;
        this.findings = file.findings();
    }

    @Override
    public void check() {
        for (ModelElement element : file.elements()) {
            List<YamlNode> steps = element.value().itemsAt("steps");
            if (FROM.contains(element.definition()) && !steps.isEmpty()) {
                last(steps.get(steps.size() - 1));
                required(element, steps);
            }
        }
    }

    private void last(YamlNode step) {
        Stream.concat(
                        step.at("process").flatMap(process -> process.at("ref")).stream(),
                        step.at("to").flatMap(to -> to.isText() ? Optional.of(to) : to.at("uri")).stream())
                .forEach(name -> file.vocabulary().preparations().stream()
                        .filter(preparation -> preparation.name().endsWith(":")
                                ? name.text().startsWith(preparation.name())
                                : name.text().equals(preparation.name()))
                        .forEach(preparation -> findings.error(
                                name,
                                "nothing follows " + findings.quote(name.text()) + ", so " + preparation.consequence(),
                                preparation.advice())));
    }

    private void required(ModelElement from, List<YamlNode> steps) {
        List<String> refs = steps.stream().flatMap(OrderCheck::refs).toList();
        Set<String> schemes =
                file.endpoints(from).stream().map(use -> use.uri().scheme()).collect(Collectors.toSet());
        file.vocabulary().requiredSteps().stream()
                .filter(required -> schemes.contains(required.scheme()) && !refs.contains(required.step()))
                .forEach(required -> findings.error(
                        from.key(),
                        "the step `" + required.step() + "` is missing, so " + required.consequence(),
                        required.advice()));
        file.vocabulary().companions().stream()
                .filter(companion -> refs.contains(companion.step()) && !refs.contains(companion.needed()))
                .forEach(companion -> findings.error(
                        from.key(),
                        "`" + companion.step() + "` needs the step `" + companion.needed() + "`, otherwise "
                                + companion.consequence(),
                        companion.advice()));
    }

    private static Stream<String> refs(YamlNode node) {
        return Stream.concat(
                node.textAt("ref").stream(),
                Stream.concat(node.items().stream(), node.entries().stream().map(YamlNode.Entry::value))
                        .flatMap(OrderCheck::refs));
    }
}
