package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the endpoints that routes name: the component, its path, its options and their values. */
final class EndpointCheck {
    private final Components components;
    private final Placeholders placeholders;
    private final Report report;

    EndpointCheck(Components components, Placeholders placeholders, Report report) {
        this.components = components;
        this.placeholders = placeholders;
        this.report = report;
    }

    void check(EndpointUse use) {
        String uri = placeholders.resolve(use.uri().strip());
        int end = end(uri);
        String scheme = uri.substring(0, end);
        if (scheme.isEmpty()) {
            report.error(use.place(), "the endpoint has no component", "write it like direct:name");
            return;
        }
        if (unknowable(scheme)) {
            return;
        }
        Optional<Component> component = components.find(scheme);
        if (component.isEmpty()) {
            report.error(
                    use.place(),
                    "there is no component " + report.quote(scheme) + " in this build",
                    report.instead(scheme, components.names()));
            return;
        }
        check(use, uri, component.get());
    }

    private void check(EndpointUse use, String uri, Component component) {
        Map<Part, Part> options = new LinkedHashMap<>();
        use.parameters().ifPresent(map -> map.entries().forEach(entry -> options.put(entry.key(), entry.value())));
        inline(use, uri).forEach(entry -> options.put(entry.key(), entry.value()));
        path(use, uri, component, options);
        direction(use, component);
        OptionCheck check = new OptionCheck(component, placeholders, report);
        options.forEach(check::check);
        component.options().values().stream()
                .filter(option -> option.required()
                        && options.keySet().stream().noneMatch(key -> key.text().equals(option.name())))
                .forEach(option -> report.error(
                        use.place(),
                        "the option `" + option.name() + "` of `" + component.scheme() + "` is missing",
                        "write it below `parameters`"));
    }

    private void path(EndpointUse use, String uri, Component component, Map<Part, Part> options) {
        int from = Math.min(uri.length(), component.scheme().length() + 1);
        int question = uri.indexOf('?');
        String path =
                uri.substring(from, question < from ? uri.length() : question).replaceFirst("^//", "");
        if (!path.isEmpty()) {
            new OwnPaths(report).check(use, component, path);
            return;
        }
        component.path().stream()
                .filter(option -> option.required()
                        && options.keySet().stream().noneMatch(key -> key.text().equals(option.name())))
                .findFirst()
                .ifPresent(option -> report.error(
                        use.place(),
                        "`" + option.name() + "` is missing in " + report.quote(use.uri()),
                        "write it like " + component.syntax()));
    }

    private void direction(EndpointUse use, Component component) {
        if (use.direction() == EndpointUse.Direction.TO && component.consumerOnly()) {
            report.error(
                    use.place(),
                    "nothing can be sent to " + report.quote(component.scheme()),
                    "it can only be taken from, in `from`");
        } else if (use.direction() != EndpointUse.Direction.TO && component.producerOnly()) {
            report.error(
                    use.place(),
                    "nothing can be taken from " + report.quote(component.scheme()),
                    "it can only be sent to, in `to`");
        }
    }

    /** Options behind a question mark; each stands where the whole URI stands. */
    private List<Part.Entry> inline(EndpointUse use, String uri) {
        List<Part.Entry> options = new ArrayList<>();
        int question = uri.indexOf('?');
        if (question < 0 || question == uri.length() - 1) {
            return options;
        }
        String query = uri.substring(question + 1);
        if (query.contains("RAW(") || query.contains("RAW{")) {
            // Its value may hold anything.
            return options;
        }
        for (String option : query.split("&")) {
            int equals = option.indexOf('=');
            if (equals <= 0) {
                if (!option.isEmpty() && !option.contains("{{") && !option.contains("${")) {
                    report.error(
                            use.place(),
                            "the option " + report.quote(option) + " has no value",
                            "write it like name=value");
                }
                continue;
            }
            options.add(new Part.Entry(
                    at(use.place(), option.substring(0, equals)), at(use.place(), option.substring(equals + 1))));
        }
        return options;
    }

    private static Part at(Part place, String text) {
        return new Part(Part.Kind.TEXT, text, place.line(), place.column(), place.lastLine(), List.of(), List.of());
    }

    private static boolean unknowable(String scheme) {
        return scheme.contains("{{") || scheme.contains("${") || scheme.contains("$simple{");
    }

    private static int end(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) == ':' && !uri.startsWith("{{", i) || uri.charAt(i) == '?') {
                return i;
            }
        }
        return uri.length();
    }
}
