package io.threadpost.routecheck;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.threadpost.settings.CamelJars;
import io.threadpost.settings.NearestWord;

/** What Camel demands of a route, and the schema does not say. */
final class ModelCheck {
    private static final Set<String> WITH_STEPS = Set.of(
            "FilterDefinition",
            "SplitDefinition",
            "LoopDefinition",
            "TryDefinition",
            "MulticastDefinition",
            "IdempotentConsumerDefinition",
            "PipelineDefinition",
            "StepDefinition",
            "ResequenceDefinition",
            "AggregateDefinition",
            "FromDefinition",
            "OutputAwareFromDefinition");
    private static final Set<String> FORMATS = Set.of("MarshalDefinition", "UnmarshalDefinition");
    /** Where a data format has another name than in YAML. */
    private static final Map<String, String> LIBRARIES = Map.of("json", "jackson", "yaml", "snakeYaml");

    /** Definitions that need one of these keys. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "BeanDefinition", List.of("ref", "beanType"),
            "ClaimCheckDefinition", List.of("operation"),
            "ThrowExceptionDefinition", List.of("exceptionType", "ref"));

    /** Definitions that need what is not in this build. */
    private static final Map<String, String> MISSING = Map.of(
            "CircuitBreakerDefinition", "no circuit breaker",
            "TransactedDefinition", "no transaction manager",
            "SagaDefinition", "no saga service",
            "RestDefinition", "no REST consumer",
            "RestConfigurationDefinition", "no REST consumer");

    private final CamelJars jars;
    private final ComponentModels componentModels;
    private final FindingCollector findingCollector;

    ModelCheck(CamelJars jars, ComponentModels componentModels, FindingCollector findingCollector) {
        this.jars = jars;
        this.componentModels = componentModels;
        this.findingCollector = findingCollector;
    }

    void check(ModelElement modelElement) {
        if (modelElement.is("LogDefinition")
                && modelElement
                        .text("message")
                        .filter(text -> text.text().isEmpty())
                        .isPresent()) {
            findingCollector.error(modelElement.key(), "`log` has no message", "write what is to be said");
        }
        if (!modelElement.value().is(YamlNode.Kind.MAP)) {
            return;
        }
        if (WITH_STEPS.contains(modelElement.definition())
                && !hasSteps(modelElement.value())
                && !misspelt(modelElement.value())) {
            findingCollector.error(
                    modelElement.key(),
                    findingCollector.quote(modelElement.key().text()) + " has no steps",
                    "write at least one below `steps`");
        }
        List<String> keys = KEYS.getOrDefault(modelElement.definition(), List.of());
        if (!keys.isEmpty()
                && keys.stream().allMatch(key -> modelElement.value().at(key).isEmpty())) {
            findingCollector.error(
                    modelElement.key(),
                    "`" + keys.get(0) + "` is missing in "
                            + findingCollector.quote(modelElement.key().text()),
                    "write `" + keys.get(0) + ": …`");
        }
        if (FORMATS.contains(modelElement.definition())) {
            format(modelElement);
        }
        Optional.ofNullable(MISSING.get(modelElement.definition()))
                .ifPresent(missing -> findingCollector.error(
                        modelElement.key(),
                        "there is " + missing + " in this build",
                        missing.equals("no REST consumer")
                                ? "take from a spool, a queue or a mailbox; nothing can be asked over HTTP"
                                : "remove it: a spool pauses and tries again by itself"));
        if (modelElement.is("KameletDefinition")
                && componentModels.find("kamelet").isEmpty()) {
            findingCollector.error(
                    modelElement.key(), "there is no component `kamelet` in this build", "use a route template");
        }
        if (modelElement.is("RouteDefinition")) {
            described(modelElement);
        }
        if (modelElement.parent() == null && modelElement.key().text().equals("errorHandler")) {
            findingCollector.error(
                    modelElement.key(),
                    "an error handler at the top would hold for the routes of all files",
                    "write it into the route, or into a routeConfiguration");
        }
        if (modelElement.is("OutputAwareFromDefinition") && modelElement.parent() == null) {
            findingCollector.warning(
                    modelElement.key(),
                    "this route has neither id nor description",
                    "write it as `- route:` with both");
        }
    }

    private void described(ModelElement route) {
        if (route.parent() != null) {
            return;
        }
        route.value()
                .entry("id")
                .filter(id -> id.value().text().isBlank())
                .ifPresent(id -> findingCollector.error(
                        id.key(), "the route's `id` is empty", "write a name behind it, or remove it"));
        for (String name : new String[] {"id", "description"}) {
            if (route.value().textAt(name).filter(text -> !text.isBlank()).isEmpty()) {
                findingCollector.warning(
                        route.key(),
                        "this route has no `" + name + "`",
                        name.equals("id")
                                ? "give it one: messages, metrics and health name routes by it"
                                : "say in one sentence what it is for");
            }
        }
    }

    private void format(ModelElement modelElement) {
        Optional<YamlNode.Entry> format = modelElement.value().entries().stream()
                .filter(entry -> modelElement.shape().choices().stream()
                        .anyMatch(choice -> choice.names().contains(entry.name())))
                .findFirst();
        if (format.isEmpty()) {
            findingCollector.error(
                    modelElement.key(),
                    "the data format is missing in "
                            + findingCollector.quote(modelElement.key().text()),
                    "write it, such as `json: {}`");
            return;
        }
        String name = format.get().name();
        if (name.equals("custom")) {
            return;
        }
        String service = format.get()
                .value()
                .textAt("library")
                .map(library -> library.substring(0, 1).toLowerCase(Locale.ROOT) + library.substring(1))
                .orElse(LIBRARIES.getOrDefault(name, name));
        if (jars.description(CamelJars.Kind.DATA_FORMAT, service).isEmpty()) {
            findingCollector.error(
                    format.get().key(),
                    "there is no data format " + findingCollector.quote(service) + " in this build",
                    findingCollector.instead(
                            name,
                            modelElement.shape().choices().stream()
                                    .flatMap(choice -> choice.names().stream())
                                    .filter(known -> jars.description(
                                                    CamelJars.Kind.DATA_FORMAT, LIBRARIES.getOrDefault(known, known))
                                            .isPresent())
                                    .toList()));
        }
    }

    /** It has been told already that another key was meant to be {@code steps}. */
    private static boolean misspelt(YamlNode map) {
        return map.entries().stream()
                .anyMatch(entry -> !entry.name().equals("steps")
                        && new NearestWord(List.of("steps"))
                                .likely(entry.name())
                                .isPresent());
    }

    private static boolean hasSteps(YamlNode map) {
        // Without the key, the schema has told it where it has to be there.
        return map.at("steps")
                .map(steps -> !steps.is(YamlNode.Kind.LIST) || !steps.items().isEmpty())
                .orElse(false);
    }
}
