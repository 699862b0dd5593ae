package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at the addresses of HTTP services: what Camel would make of them without a word. */
record HttpCheck(Placeholders placeholders, FindingCollector report) {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    /** Options that Camel does not describe. */
    private static final Set<String> TIMES =
            Set.of("connectTimeout", "connectionRequestTimeout", "responseTimeout", "soTimeout", "callTimeout");

    /** @param component the one that the address leads to */
    void check(EndpointUse use, EndpointUri uri, ComponentModel componentModel) {
        if (!SCHEMES.contains(componentModel.scheme())) {
            return;
        }
        List<YamlNode.Entry> parameters =
                use.parameters().map(YamlNode::entries).orElse(List.of());
        parameters.stream()
                .map(YamlNode.Entry::key)
                .filter(key -> key.text().contains("-")
                        && componentModel.option(key.text()).isEmpty())
                .forEach(this::renamed);
        parameters.stream().filter(entry -> TIMES.contains(entry.name())).forEach(entry -> time(entry.value()));
        if (use.dynamic() && skipsControlHeaders(uri, parameters)) {
            report.error(
                    use.place(),
                    "with `skipControlHeaders`, `toD` sends to the service's root, without path and query",
                    "remove that option; or use `to` and the header `CamelHttpPath` or `CamelHttpQuery`");
        }
    }

    private void time(YamlNode value) {
        String text = placeholders.resolve(value.text()).strip();
        if (!EndpointUri.open(text) && !text.matches(OptionCheck.DURATION)) {
            report.error(
                    value, "this timeout cannot be " + report.quote(value.text()), "write it like 500ms, 5s or 1m");
        }
    }

    private void renamed(YamlNode key) {
        StringBuilder sent = new StringBuilder();
        for (String word : key.text().split("-")) {
            sent.append(
                    sent.isEmpty() || word.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1));
        }
        report.warning(
                key,
                report.quote(key.text()) + " is sent as " + report.quote(sent.toString()),
                "write it into the address: keep the whole address with its query in a setting, and write uri: \"{{your.address}}\"");
    }

    private boolean skipsControlHeaders(EndpointUri uri, List<YamlNode.Entry> parameters) {
        Optional<String> option = parameters.stream()
                .filter(entry -> entry.name().equals("skipControlHeaders"))
                .map(entry -> entry.value().text())
                .findFirst()
                .or(() -> Optional.ofNullable(uri.options().get("skipControlHeaders")));
        return option.map(text -> placeholders.resolve(text).strip())
                .filter("true"::equalsIgnoreCase)
                .isPresent();
    }
}
