package io.threadpost.routecheck;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at the endpoints that routes name: the component, its path, its options and their values. */
final class EndpointCheck {
    private final Endpoints endpoints;
    private final SimpleCheck simple;
    private final SourceText source;
    private final Set<String> beans;
    private final Report report;

    /** @param beans of the file: one of them may be a component */
    EndpointCheck(Endpoints endpoints, SimpleCheck simple, SourceText source, Set<String> beans, Report report) {
        this.endpoints = endpoints;
        this.simple = simple;
        this.source = source;
        this.beans = beans;
        this.report = report;
    }

    void check(EndpointUse use) {
        EndpointUri uri = endpoints.read(use);
        if (uri.scheme().isEmpty()) {
            report.error(use.place(), "the endpoint has no component", "write it like direct:name");
        } else if (!EndpointUri.open(uri.scheme()) && !beans.contains(uri.scheme())) {
            Optional<Component> component = endpoints.components().find(uri.scheme());
            component.ifPresent(known -> check(use, uri, known));
            if (component.isEmpty()) {
                report.error(
                        use.place(),
                        "there is no component " + report.quote(uri.scheme()) + " in this build",
                        report.instead(uri.scheme(), endpoints.components().names()));
            }
        }
    }

    private void check(EndpointUse use, EndpointUri uri, Component component) {
        Map<Part, Part> options = new LinkedHashMap<>();
        uri.options()
                .forEach((name, value) ->
                        options.put(within(use.place(), name, name), within(use.place(), name, value)));
        use.parameters().map(Part::entries).orElse(List.of()).forEach(entry -> options.put(entry.key(), entry.value()));
        OptionCheck check = new OptionCheck(component, use.direction(), endpoints.placeholders(), simple, report);
        options.forEach(check::check);
        List<String> names = options.keySet().stream().map(Part::text).toList();
        forms(use, uri);
        new FilesCheck(endpoints.placeholders(), report).check(use, component);
        new HttpCheck(endpoints.placeholders(), report).check(use, uri, component);
        path(use, uri, component, names);
        direction(use, component);
        component.options().values().stream()
                .filter(option -> option.required() && !names.contains(option.name()))
                .forEach(option -> report.error(
                        use.place(),
                        "the option `" + option.name() + "` of `" + component.scheme() + "` is missing",
                        "write it below `parameters`"));
    }

    /** What Camel takes in one place only. */
    private void forms(EndpointUse use, EndpointUri uri) {
        // What a setting has behind a question mark is taken by Camel, too.
        if (!EndpointUri.of(use.uri().strip()).options().isEmpty()
                && use.parameters().filter(map -> !map.entries().isEmpty()).isPresent()) {
            report.error(
                    use.place(),
                    "options stand behind the `?` of " + report.quote(use.uri()) + " and below `parameters`",
                    uri.scheme().startsWith("http")
                            ? "keep the address with its query in a setting, and write `{{its.key}}`; or write all behind the `?`"
                            : "write all of them below `parameters`");
        }
        boolean batch = uri.options().containsKey("batch") || parameter(use, "batch");
        boolean parallel = uri.options().containsKey("parallel") || parameter(use, "parallel");
        if (uri.scheme().equals("spool") && batch && parallel) {
            report.error(
                    use.place(), "`parallel` hands out single items, and `batch` lists of them", "keep one of them");
        }
        if (!use.dynamic() && uri.path().contains("${") && !uri.scheme().equals("language")) {
            report.error(
                    use.place(),
                    "`${` stands in the fixed address " + report.quote(use.uri()),
                    uri.scheme().equals("file")
                            ? "write what changes into `fileName`, below `parameters`"
                            : "use `toD` in place of `to`");
        }
    }

    private static boolean parameter(EndpointUse use, String name) {
        return use.parameters().flatMap(map -> map.at(name)).isPresent();
    }

    private void path(EndpointUse use, EndpointUri uri, Component component, List<String> names) {
        if (!uri.path().isEmpty()) {
            new OwnPaths(report).check(use, component, uri.path());
            return;
        }
        component.path().stream()
                .filter(option -> option.required() && !names.contains(option.name()))
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

    /** An option behind the question mark stands where its name is found in the URI. */
    private Part within(Part uri, String name, String text) {
        Place place = source.find(uri, name + "=");
        return new Part(Part.Kind.TEXT, text, place.line(), place.column(), place.line(), List.of(), List.of());
    }
}
