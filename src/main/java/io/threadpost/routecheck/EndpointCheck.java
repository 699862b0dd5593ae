package io.threadpost.routecheck;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the endpoints that routes name: the component, its path, its options and their values. */
final class EndpointCheck implements RouteCheck {
    /** Characters with a meaning in a query. */
    private static final Pattern QUERY_SYNTAX = Pattern.compile("[&+]");

    private static final Set<String> TEXT_TYPES = Set.of("string", "object", "array", "");

    private final ParsedFile file;
    private final ComponentModels components;
    private final Placeholders placeholders;
    private final SimpleValidator simple;
    private final FindingCollector findings;

    EndpointCheck(ParsedFile file) {
        this.file = file;
        this.components = file.build().components();
        this.placeholders = file.build().placeholders();
        this.simple = new SimpleValidator(file);
        this.findings = file.findings();
    }

    @Override
    public void check() {
        file.elements().forEach(element -> file.endpoints(element).forEach(this::check));
    }

    /** A bean of the file may be a component. */
    private void check(EndpointUse use) {
        String scheme = use.uri().scheme();
        if (scheme.isEmpty()) {
            findings.error(use.place(), "the endpoint has no component", "write it like direct:name");
        } else if (!EndpointUri.hasUnknowns(scheme) && !file.definesBean(scheme)) {
            components
                    .find(scheme)
                    .ifPresentOrElse(
                            component -> check(use, component),
                            () -> findings.error(
                                    use.place(),
                                    "there is no component " + findings.quote(scheme) + " in this build",
                                    findings.instead(scheme, components.names())));
        }
    }

    private void check(EndpointUse use, ComponentModels.Component component) {
        Map<YamlNode, YamlNode> options = new LinkedHashMap<>();
        use.uri().options().forEach((name, value) -> options.put(inQuery(use, name, name), inQuery(use, name, value)));
        use.parameters().forEach(entry -> options.put(entry.key(), entry.value()));
        options.forEach((name, value) -> option(component, use.direction(), name, value));
        List<String> names = options.keySet().stream().map(YamlNode::text).toList();
        notation(use);
        component.own().ifPresent(own -> conflicts(use, own));
        path(use, component, names);
        direction(use, component);
        component.options().values().stream()
                .filter(option -> option.required() && !names.contains(option.name()))
                .forEach(option -> findings.error(
                        use.place(),
                        "the option `" + option.name() + "` of `" + component.scheme() + "` is missing",
                        "write it below `parameters`"));
    }

    /** An option of the query, at the position of its name in the URI. */
    private YamlNode inQuery(EndpointUse use, String name, String text) {
        return YamlNode.scalar(text, file.text().find(use.place(), name + "="));
    }

    /** What Camel accepts in one place only. */
    private void notation(EndpointUse use) {
        // A query that comes with the value of a placeholder is accepted.
        if (!use.unresolved().options().isEmpty() && !use.parameters().isEmpty()) {
            findings.error(
                    use.place(),
                    findings.quote(use.text()) + " has options after the `?` and below `parameters`",
                    use.uri().scheme().startsWith("http")
                            ? "keep the address with its query in a setting, and write `{{its.key}}`; or write "
                                    + "all after the `?`"
                            : "write all of them below `parameters`");
        }
        if (!use.dynamic()
                && use.uri().path().contains("${")
                && !use.uri().scheme().equals("language")) {
            findings.error(
                    use.place(),
                    "the fixed address " + findings.quote(use.text()) + " contains `${`",
                    use.uri().scheme().equals("file")
                            ? "write what changes into `fileName`, below `parameters`"
                            : "use `toD` in place of `to`");
        }
    }

    private void conflicts(EndpointUse use, RouteVocabulary.Component own) {
        own.conflicts().stream()
                .filter(conflict -> given(use, conflict.one()) && given(use, conflict.other()))
                .map(RouteVocabulary.Conflict::problem)
                .forEach(problem -> findings.error(use.place(), problem.problem(), problem.advice()));
    }

    private static boolean given(EndpointUse use, String option) {
        return use.uri().options().containsKey(option) || use.parameter(option).isPresent();
    }

    private void path(EndpointUse use, ComponentModels.Component component, List<String> names) {
        String path = use.uri().path();
        if (path.isEmpty()) {
            component.path().stream()
                    .filter(option -> option.required() && !names.contains(option.name()))
                    .findFirst()
                    .ifPresent(option -> findings.error(
                            use.place(),
                            "`" + option.name() + "` is missing in " + findings.quote(use.text()),
                            "write it like " + component.syntax()));
        } else if (!EndpointUri.hasUnknowns(path)) {
            component.own().ifPresent(own -> findings.apply(own.path(), path, use.place()));
        }
    }

    private void direction(EndpointUse use, ComponentModels.Component component) {
        boolean sends = use.direction() == EndpointUse.Direction.TO;
        if (sends && component.consumerOnly()) {
            findings.error(
                    use.place(), "nothing can be sent to " + findings.quote(component.scheme()), "use it in `from`");
        } else if (!sends && component.producerOnly()) {
            findings.error(
                    use.place(),
                    "nothing can be consumed from " + findings.quote(component.scheme()),
                    "use it in `to`");
        }
    }

    private void option(
            ComponentModels.Component component, EndpointUse.Direction direction, YamlNode name, YamlNode value) {
        if (component.path().stream().anyMatch(option -> option.name().equals(name.text()))
                || component.free(name.text())) {
            return;
        }
        component
                .option(name.text())
                .ifPresentOrElse(
                        option -> value(component, option, direction, name, value), () -> unknown(component, name));
    }

    private void unknown(ComponentModels.Component component, YamlNode name) {
        String advice = findings.instead(name.text(), component.options().keySet());
        String problem = "unknown option " + findings.quote(name.text()) + " of `" + component.scheme() + "`";
        if (!component.lenient()) {
            findings.error(name, problem, advice);
        } else if (advice.startsWith("did you mean")) {
            // Camel adds it to the address of the request, which may be intended.
            findings.warning(name, problem, advice);
        }
    }

    private void value(
            ComponentModels.Component component,
            ComponentModels.Option option,
            EndpointUse.Direction direction,
            YamlNode name,
            YamlNode value) {
        boolean sends = direction == EndpointUse.Direction.TO;
        if (option.side().startsWith(sends ? "consumer" : "producer")) {
            findings.warning(
                    name,
                    "the option `" + option.name() + "` of `" + component.scheme() + "` has no effect here",
                    "it belongs to " + (sends ? "`from`" : "`to`"));
        }
        if (value.isMap() || value.is(YamlNode.Kind.LIST)) {
            findings.error(
                    value,
                    "the option `" + option.name() + "` is " + value.kind().words(),
                    "write one value");
            return;
        }
        if (!value.text().startsWith("RAW")
                && QUERY_SYNTAX.matcher(placeholders.resolve(value.text(), "")).find()
                && !QUERY_SYNTAX.matcher(Placeholders.without(value.text())).find()) {
            findings.warning(
                    value,
                    "the value of " + findings.quote(value.text())
                            + " contains `&` or `+`, which would be read as part of the address",
                    "write `RAW(" + value.text() + ")`");
        }
        String text = placeholders.resolve(value.text()).strip();
        if (text.contains("${")) {
            simple.validate(value, false);
        }
        boolean isOwn = component.own().isPresent();
        if (text.isEmpty()) {
            if (!TEXT_TYPES.contains(option.type()) || !option.values().isEmpty()) {
                findings.error(name, "the option `" + option.name() + "` has no value", expected(option, isOwn));
            }
            return;
        }
        if (text.startsWith("#") || text.startsWith("RAW")) {
            return;
        }
        if (!EndpointUri.hasUnknowns(text) && !fits(option, text, isOwn)) {
            findings.error(
                    value,
                    "the option `" + option.name() + "` cannot be "
                            + (option.secret() ? "`***`" : findings.quote(value.text())),
                    expected(option, isOwn));
        }
        components.rule(component.scheme(), option.name()).ifPresent(rule -> findings.apply(rule, text, value));
    }

    private static boolean fits(ComponentModels.Option option, String text, boolean isOwn) {
        if (!option.values().isEmpty()) {
            return option.values().stream().anyMatch(allowed -> normal(allowed).equals(normal(text)));
        }
        return switch (option.type()) {
            case "boolean" -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
            case "integer" -> text.matches(isOwn ? "0*[1-9][0-9]{0,8}" : "[-+]?[0-9]{1,19}");
            // Camel accepts durations for these, too.
            case "long" -> text.matches("[-+]?[0-9]{1,19}") || PropertyCheck.isDuration(text);
            case "number" -> text.matches("[-+]?[0-9]+(\\.[0-9]+)?");
            case "duration" -> PropertyCheck.isDuration(text);
            default -> true;
        };
    }

    private static String expected(ComponentModels.Option option, boolean isOwn) {
        if (!option.values().isEmpty()) {
            return "write one of " + String.join(", ", option.values());
        }
        return switch (option.type()) {
            case "boolean" -> "write true or false";
            case "integer", "number", "long" -> isOwn ? "write a number of 1 or more" : "write a number";
            case "duration" -> "write it like 500ms, 30s, 5m or 1h";
            default -> "write a value";
        };
    }

    private static String normal(String value) {
        return value.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
