package io.threadpost.routecheck;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds secrets that are written into a file. Its findings never contain them. */
final class SecretCheck implements RouteCheck {
    private static final String ADVICE = "write {{key}} there, and set that key in the environment";
    private static final Pattern SUSPICIOUS =
            Pattern.compile("(?i)(?!.*(type|ur[il]|name|header|next.?token)$).*(passw|passphrase|secret|token|api-?key|"
                    + "authori[sz]ation|credential|private-?key).*");
    /** Parameters of addresses that sign them. */
    private static final Pattern SIGNATURE = Pattern.compile("(?i)sig|signature|code|key");

    private static final int SHORTEST_SIGNATURE = 8;

    /** Values of options such as {@code tokenLifetime}. */
    private static final Pattern HARMLESS = Pattern.compile("(?i)true|false|none|\\d+ *[a-z]{0,7}|#.*|");

    /** Options that name the location of a secret. */
    private static final Pattern LOCATION = Pattern.compile(".*(?:File|Uri)");

    private static final Pattern USER_INFO =
            Pattern.compile("[a-z][a-z0-9+.-]*:/{0,2}[^/?#@\\s:]+:([^/?#@\\s]+)@.*", Pattern.CASE_INSENSITIVE);
    private static final Set<String> NAMED =
            Set.of("SetHeaderDefinition", "SetPropertyDefinition", "SetVariableDefinition");

    private final ParsedFile file;
    private final RouteContext context;
    private final ComponentModels components;
    private final FindingCollector findings;

    SecretCheck(ParsedFile file) {
        this.file = file;
        this.context = file.build().context();
        this.components = file.build().components();
        this.findings = file.findings();
    }

    @Override
    public void check() {
        file.elements().forEach(this::suspicious);
        configured(file.root());
    }

    /** Finds configured secrets, and references to those of the application. */
    private void configured(YamlNode node) {
        if (context.holdsSecret(Placeholders.without(node.text()))) {
            findings.error(node, "a secret is written into the file", ADVICE);
        }
        if (context.refersToOwnSecret(node.text())) {
            findings.error(
                    node,
                    "one of " + file.vocabulary().application() + "'s own secrets is used",
                    "leave it out: no route needs it");
        }
        node.items().forEach(this::configured);
        node.entries().forEach(entry -> {
            configured(entry.key());
            configured(entry.value());
        });
    }

    /** Finds literal values whose name suggests a secret. */
    private void suspicious(ModelElement element) {
        file.endpoints(element).forEach(this::endpoint);
        if (NAMED.contains(element.definition())) {
            element.value()
                    .textAt("name")
                    .filter(name -> SUSPICIOUS.matcher(name).matches())
                    .ifPresent(name -> constant(element.value(), name));
        }
        if (element.is("BeanFactoryDefinition")) {
            element.value().entriesAt("properties").forEach(this::suspicious);
        }
        if (element.is("KameletDefinition") || element.is("TemplatedRouteDefinition")) {
            element.value().at("parameters").ifPresent(parameters -> {
                parameters.entries().forEach(this::suspicious);
                parameters.items().forEach(item -> item.textAt("name")
                        .filter(name -> SUSPICIOUS.matcher(name).matches())
                        .ifPresent(name -> item.at("value").ifPresent(value -> literal(name, value))));
            });
        }
    }

    private void endpoint(EndpointUse use) {
        EndpointUri uri = use.unresolved();
        Optional<ComponentModels.Component> component = EndpointUri.hasUnknowns(uri.scheme())
                ? Optional.empty()
                : file.build().components().find(uri.scheme());
        uri.options().forEach((name, value) -> option(component, name, use.place(), value));
        use.parameters()
                .forEach(entry -> option(
                        component, entry.name(), entry.value(), entry.value().text()));
        var userInfo = USER_INFO.matcher(use.text().strip());
        if (userInfo.matches() && literal(userInfo.group(1))) {
            findings.error(use.place(), "a password is written into the address", ADVICE);
        }
    }

    private void option(Optional<ComponentModels.Component> component, String name, YamlNode at, String value) {
        // Camel marks the location of a key as secret, too.
        boolean secret = !LOCATION.matcher(name).matches()
                && component
                        .flatMap(known -> known.option(name))
                        .map(ComponentModels.Option::secret)
                        .orElse(false);
        if (!literal(value)) {
            return;
        }
        if (secret && name.toLowerCase(Locale.ROOT).contains("user")) {
            findings.warning(
                    at,
                    "the user's name `" + name + "` is written into the file",
                    "write {{key}} there, and set that key where "
                            + file.vocabulary().application() + " runs");
        } else if (secret
                || component.flatMap(known -> known.option(name)).isEmpty()
                        && SUSPICIOUS.matcher(name).matches()) {
            report(name, at);
        } else if (SIGNATURE.matcher(name).matches()
                && value.length() >= SHORTEST_SIGNATURE
                && component.filter(known -> known.option(name).isEmpty()).isPresent()) {
            findings.warning(
                    at,
                    "the value of " + findings.quote(name) + " is written into the file",
                    "keep the whole address with its query in a setting, and write uri: \"{{your.address}}\"");
        }
    }

    private void suspicious(YamlNode.Entry entry) {
        if (SUSPICIOUS.matcher(entry.name()).matches()) {
            literal(entry.name(), entry.value());
        }
    }

    /** Checks the value of a constant expression. */
    private void constant(YamlNode map, String name) {
        YamlNode expression = map.at("expression").orElse(map);
        for (String language : List.of("constant", "simple")) {
            expression
                    .at(language)
                    .map(node -> node.isText() ? node : node.at("expression").orElse(node))
                    .ifPresent(value -> literal(name, value));
        }
    }

    private void literal(String name, YamlNode value) {
        if (value.isText() && literal(value.text())) {
            report(name, value);
        }
    }

    private void report(String name, YamlNode at) {
        findings.error(at, "the value of " + findings.quote(name) + " is written into the file", ADVICE);
    }

    private static boolean literal(String value) {
        return !value.contains("{{")
                && !value.contains("${")
                && !HARMLESS.matcher(value.strip()).matches();
    }
}
