package io.threadpost.routecheck;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the addresses of HTTP services for what Camel changes in them silently. */
final class HttpCheck implements RouteCheck {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    /** Options that Camel does not describe. */
    private static final Set<String> TIMEOUTS =
            Set.of("connectTimeout", "connectionRequestTimeout", "responseTimeout", "soTimeout", "callTimeout");

    /** Without blanks: Camel fails to read them when an answer comes. */
    private static final Pattern RANGE = Pattern.compile("\\d{3}(-\\d{3})?(,\\d{3}(-\\d{3})?)*");

    private static final String STATUS = "CamelHttpResponseCode";

    private final ParsedFile file;
    private final Placeholders placeholders;
    private final FindingCollector findings;
    private Boolean statusDecides;

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
        option(use, "okStatusCodeRange")
                .filter(range -> !EndpointUri.hasUnknowns(range.text()))
                .filter(range -> !RANGE.matcher(range.text()).matches())
                .ifPresent(range -> findings.warning(
                        range.place(),
                        "the statuses cannot be " + findings.quote(range.text()),
                        "write them like 200-299,404"));
        option(use, "throwExceptionOnFailure")
                .filter(value -> value.text().equalsIgnoreCase("false") && !statusDecides())
                .ifPresent(value -> findings.warning(
                        value.place(),
                        "every answer counts as a success, 401 and 500 too",
                        "leave this option out, and name the statuses that are no failure by okStatusCodeRange:"
                                + " 200-299,404; or decide by ${header." + STATUS + "}"));
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
        return option(use, "skipControlHeaders")
                .filter(value -> value.text().equalsIgnoreCase("true"))
                .isPresent();
    }

    /**
     * The value of an option.
     *
     * @param place where it is written
     * @param text with placeholders resolved where they have a value
     */
    private record Value(YamlNode place, String text) {}

    private Optional<Value> option(EndpointUse use, String name) {
        return use.parameter(name)
                .map(node -> new Value(node, node.text()))
                .or(() -> Optional.ofNullable(use.uri().options().get(name)).map(text -> new Value(use.place(), text)))
                .map(value -> new Value(
                        value.place(), placeholders.resolve(value.text()).strip()));
    }

    /** The file is searched once, however many endpoints it has. */
    private boolean statusDecides() {
        if (statusDecides == null) {
            statusDecides = mentionsStatus(file.root());
        }
        return statusDecides;
    }

    private static boolean mentionsStatus(YamlNode node) {
        return node.text().contains(STATUS)
                || node.items().stream().anyMatch(HttpCheck::mentionsStatus)
                || node.entries().stream()
                        .anyMatch(entry -> mentionsStatus(entry.key()) || mentionsStatus(entry.value()));
    }
}
