package io.threadpost.routecheck;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks the addresses of HTTP services for what Camel changes in them silently. */
final class HttpCheck implements RouteCheck {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    /** Options that Camel does not describe. */
    private static final Set<String> TIMEOUTS =
            Set.of("connectTimeout", "connectionRequestTimeout", "responseTimeout", "soTimeout", "callTimeout");

    private final ParsedFile file;
    private final Placeholders placeholders;
    private final FindingCollector findings;

    HttpCheck(ParsedFile file) {
        this.file = file;
        this.placeholders = file.build().placeholders();
        this.findings = file.findings();
    }

    @Override
    public void check() {
        file.elements().stream()
                .flatMap(element -> file.endpoints(element).stream())
                .filter(use -> SCHEMES.contains(use.uri().scheme())
                        && !file.definesBean(use.uri().scheme()))
                .forEach(use -> file.build()
                        .components()
                        .find(use.uri().scheme())
                        .ifPresent(component -> check(use, component)));
    }

    private void check(EndpointUse use, ComponentModels.Component component) {
        use.parameters().forEach(entry -> {
            if (entry.name().contains("-") && component.option(entry.name()).isEmpty()) {
                renamed(entry.key());
            }
            if (TIMEOUTS.contains(entry.name())) {
                timeout(entry.value());
            }
        });
        if (use.dynamic() && skipsControlHeaders(use)) {
            findings.error(
                    use.place(),
                    "with `skipControlHeaders`, `toD` sends to the service's root, without path and query",
                    "remove that option; or use `to` and the header `CamelHttpPath` or `CamelHttpQuery`");
        }
    }

    private void timeout(YamlNode value) {
        String text = placeholders.resolve(value.text()).strip();
        if (!EndpointUri.hasUnknowns(text) && !PropertyCheck.isDuration(text)) {
            findings.error(
                    value, "this timeout cannot be " + findings.quote(value.text()), "write it like 500ms, 5s or 1m");
        }
    }

    private void renamed(YamlNode key) {
        StringBuilder sent = new StringBuilder();
        for (String word : key.text().split("-")) {
            sent.append(
                    sent.isEmpty() || word.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        findings.warning(
                key,
                findings.quote(key.text()) + " is sent as " + findings.quote(sent.toString()),
                "write it into the address: keep the whole address with its query in a setting,"
                        + " and write uri: \"{{your.address}}\"");
    }

    private boolean skipsControlHeaders(EndpointUse use) {
        return use.parameter("skipControlHeaders")
                .map(YamlNode::text)
                .or(() -> Optional.ofNullable(use.uri().options().get("skipControlHeaders")))
                .map(text -> placeholders.resolve(text).strip())
                .filter("true"::equalsIgnoreCase)
                .isPresent();
    }
}
