package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.threadpost.settings.SecretReference;

/** Finds secrets that were written into a file. What it says never holds them. */
final class SecretCheck {
    private static final String ADVICE = "write {{key}} there, and set that key in the environment";
    private static final Pattern SUSPICIOUS = Pattern.compile(
            "(?i)(?!.*(type|ur[il]|name|header|next.?token)$).*(passw|passphrase|secret|token|api-?key|authori[sz]ation|credential|private-?key).*");
    /** Values of options such as {@code tokenLifetime}. */
    private static final Pattern HARMLESS = Pattern.compile("(?i)true|false|none|\\d+ *[a-z]{0,7}|#.*|");

    /** Options that name the place of a secret. */
    private static final Pattern PLACE = Pattern.compile(".*(?:File|Uri)");

    private static final Pattern USER_INFO =
            Pattern.compile("[a-z][a-z0-9+.-]*:/{0,2}[^/?#@\\s:]+:([^/?#@\\s]+)@.*", Pattern.CASE_INSENSITIVE);
    private static final Set<String> NAMED =
            Set.of("SetHeaderDefinition", "SetPropertyDefinition", "SetVariableDefinition");

    private final SecretReference own = new SecretReference();
    private final RouteContext routeContext;
    private final ComponentModels componentModels;
    private final FindingCollector findingCollector;

    SecretCheck(RouteContext routeContext, ComponentModels componentModels, FindingCollector findingCollector) {
        this.routeContext = routeContext;
        this.componentModels = componentModels;
        this.findingCollector = findingCollector;
    }

    /** Looks for the secrets that are configured. */
    void check(YamlNode yamlNode) {
        if (routeContext.holdsSecret(Placeholders.without(yamlNode.text()))) {
            findingCollector.error(yamlNode, "a secret is written into the file", ADVICE);
        }
        if (own.in(yamlNode.text())) {
            findingCollector.error(
                    yamlNode, "one of Threadpost's own secrets is used", "leave it out: no route needs it");
        }
        yamlNode.items().forEach(this::check);
        yamlNode.entries().forEach(entry -> {
            check(entry.key());
            check(entry.value());
        });
    }

    /** Looks for what has the look of a secret. */
    void check(ModelElement modelElement) {
        EndpointUse.of(modelElement).forEach(this::endpoint);
        if (NAMED.contains(modelElement.definition())) {
            modelElement
                    .value()
                    .textAt("name")
                    .filter(name -> SUSPICIOUS.matcher(name).matches())
                    .ifPresent(name -> constant(modelElement.value(), name));
        }
        if (modelElement.is("BeanFactoryDefinition")) {
            modelElement
                    .value()
                    .at("properties")
                    .map(YamlNode::entries)
                    .orElse(List.of())
                    .forEach(this::suspicious);
        }
        if (modelElement.is("KameletDefinition") || modelElement.is("TemplatedRouteDefinition")) {
            modelElement.value().at("parameters").ifPresent(parameters -> {
                parameters.entries().forEach(this::suspicious);
                parameters.items().forEach(item -> item.textAt("name")
                        .filter(name -> SUSPICIOUS.matcher(name).matches())
                        .ifPresent(name -> item.at("value").ifPresent(value -> literal(name, value))));
            });
        }
    }

    private void endpoint(EndpointUse use) {
        EndpointUri uri = EndpointUri.of(use.uri().strip());
        Optional<ComponentModel> component =
                EndpointUri.open(uri.scheme()) ? Optional.empty() : componentModels.find(uri.scheme());
        uri.options().forEach((name, value) -> option(component, name, use.place(), value));
        use.parameters()
                .map(YamlNode::entries)
                .orElse(List.of())
                .forEach(entry -> option(
                        component, entry.name(), entry.value(), entry.value().text()));
        var userInfo = USER_INFO.matcher(use.uri().strip());
        if (userInfo.matches() && literal(userInfo.group(1))) {
            findingCollector.error(use.place(), "a password is written into the address", ADVICE);
        }
    }

    private void option(Optional<ComponentModel> component, String name, YamlNode at, String value) {
        // Camel marks the place of a key as secret, too.
        boolean secret = !PLACE.matcher(name).matches()
                && component
                        .flatMap(known -> known.option(name))
                        .map(ComponentModel.Option::secret)
                        .orElse(false);
        if (!literal(value)) {
            return;
        }
        if (secret && name.toLowerCase(java.util.Locale.ROOT).contains("user")) {
            findingCollector.warning(
                    at,
                    "the user's name `" + name + "` is written into the file",
                    "write {{key}} there, and set that key where Threadpost runs");
        } else if (secret
                || component.flatMap(known -> known.option(name)).isEmpty()
                        && SUSPICIOUS.matcher(name).matches()) {
            tell(name, at);
        }
    }

    private void suspicious(YamlNode.Entry entry) {
        if (SUSPICIOUS.matcher(entry.name()).matches()) {
            literal(entry.name(), entry.value());
        }
    }

    /** The value of a header that is always the same. */
    private void constant(YamlNode map, String name) {
        YamlNode expression = map.at("expression").orElse(map);
        for (String language : List.of("constant", "simple")) {
            expression
                    .at(language)
                    .map(yamlNode -> yamlNode.is(YamlNode.Kind.TEXT)
                            ? yamlNode
                            : yamlNode.at("expression").orElse(yamlNode))
                    .ifPresent(value -> literal(name, value));
        }
    }

    private void literal(String name, YamlNode value) {
        if (value.is(YamlNode.Kind.TEXT) && literal(value.text())) {
            tell(name, value);
        }
    }

    private void tell(String name, YamlNode at) {
        findingCollector.error(
                at, "the value of " + findingCollector.quote(name) + " is written into the file", ADVICE);
    }

    private static boolean literal(String value) {
        return !value.contains("{{")
                && !value.contains("${")
                && !HARMLESS.matcher(value.strip()).matches();
    }
}
