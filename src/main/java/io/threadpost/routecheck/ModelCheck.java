package io.threadpost.routecheck;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks what Camel demands of a route beyond the schema. */
final class ModelCheck implements RouteCheck {
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
    /** Data formats whose service has another name than in YAML. */
    private static final Map<String, String> LIBRARIES = Map.of("json", "jackson", "yaml", "snakeYaml");

    /** Definitions that need one of these keys. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "BeanDefinition", List.of("ref", "beanType"),
            "ClaimCheckDefinition", List.of("operation"),
            "ThrowExceptionDefinition", List.of("exceptionType", "ref"));

    private final ParsedFile file;
    private final CamelJars jars;
    private final Map<String, RouteVocabulary.Unsupported> unsupported;
    private final FindingCollector findings;

    ModelCheck(ParsedFile file) {
        this.file = file;
        this.jars = file.build().jars();
        this.unsupported = file.vocabulary().unsupported();
        this.findings = file.findings();
    }

    @Override
    public void check() {
        file.elements().forEach(this::check);
    }

    private void check(ModelElement element) {
        if (element.is("LogDefinition")
                && element.text("message").filter(text -> text.text().isEmpty()).isPresent()) {
            findings.error(element.key(), "`log` has no message", "write the message");
        }
        if (!element.value().isMap()) {
            return;
        }
        if (WITH_STEPS.contains(element.definition()) && !hasSteps(element.value()) && !misspelt(element.value())) {
            findings.error(
                    element.key(),
                    findings.quote(element.key().text()) + " has no steps",
                    "write at least one below `steps`");
        }
        List<String> keys = KEYS.getOrDefault(element.definition(), List.of());
        if (!keys.isEmpty()
                && keys.stream().allMatch(key -> element.value().at(key).isEmpty())) {
            findings.error(
                    element.key(),
                    "`" + keys.get(0) + "` is missing in "
                            + findings.quote(element.key().text()),
                    "write `" + keys.get(0) + ": …`");
        }
        if (FORMATS.contains(element.definition())) {
            format(element);
        }
        Optional.ofNullable(unsupported.get(element.definition()))
                .ifPresent(eip ->
                        findings.error(element.key(), "there is " + eip.missing() + " in this build", eip.advice()));
        if (element.is("KameletDefinition")
                && file.build().components().find("kamelet").isEmpty()) {
            findings.error(element.key(), "there is no component `kamelet` in this build", "use a route template");
        }
        if (element.is("RouteDefinition")) {
            described(element);
        }
        if (element.parent() == null && element.key().text().equals("errorHandler")) {
            findings.error(
                    element.key(),
                    "a top-level error handler would apply to the routes of all files",
                    "write it into the route, or into a routeConfiguration");
        }
        if (element.is("OutputAwareFromDefinition") && element.parent() == null) {
            findings.warning(
                    element.key(), "this route has neither id nor description", "write it as `- route:` with both");
        }
    }

    private void described(ModelElement route) {
        if (route.parent() != null) {
            return;
        }
        route.value()
                .entry("id")
                .filter(id -> id.value().text().isBlank())
                .ifPresent(id -> findings.error(id.key(), "the route's `id` is empty", "give it a name, or remove it"));
        for (String name : new String[] {"id", "description"}) {
            if (route.value().textAt(name).filter(text -> !text.isBlank()).isEmpty()) {
                findings.warning(
                        route.key(),
                        "this route has no `" + name + "`",
                        name.equals("id")
                                ? "give it one: logs, metrics and health name routes by it"
                                : "describe its purpose in one sentence");
            }
        }
    }

    private void format(ModelElement element) {
        Optional<YamlNode.Entry> format = element.value().entries().stream()
                .filter(entry -> element.shape().choices().stream()
                        .anyMatch(choice -> choice.names().contains(entry.name())))
                .findFirst();
        if (format.isEmpty()) {
            findings.error(
                    element.key(),
                    "the data format is missing in "
                            + findings.quote(element.key().text()),
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
            findings.error(
                    format.get().key(),
                    "there is no data format " + findings.quote(service) + " in this build",
                    findings.instead(
                            name,
                            element.shape().choices().stream()
                                    .flatMap(choice -> choice.names().stream())
                                    .filter(known -> jars.description(
                                                    CamelJars.Kind.DATA_FORMAT, LIBRARIES.getOrDefault(known, known))
                                            .isPresent())
                                    .toList()));
        }
    }

    /** The schema check already reports a key that was meant to be {@code steps}. */
    private static boolean misspelt(YamlNode map) {
        return map.entries().stream()
                .anyMatch(entry -> !entry.name().equals("steps")
                        && new NearestWord(List.of("steps"))
                                .likely(entry.name())
                                .isPresent());
    }

    private static boolean hasSteps(YamlNode map) {
        // Where the schema requires the key, the schema check reports that it is missing.
        return map.at("steps")
                .map(steps -> !steps.is(YamlNode.Kind.LIST) || !steps.items().isEmpty())
                .orElse(false);
    }
}
