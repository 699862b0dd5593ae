package io.threadpost.routecheck;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the endpoints that routes name: the component, its path, its options and their values. */
final class EndpointCheck {
    private final Components components;
    private final Placeholders placeholders;
    private final SourceText source;
    private final Report report;

    EndpointCheck(Components components, Placeholders placeholders, SourceText source, Report report) {
        this.components = components;
        this.placeholders = placeholders;
        this.source = source;
        this.report = report;
    }

    void check(EndpointUse use) {
        EndpointUri uri = EndpointUri.of(placeholders.resolve(use.uri().strip()));
        if (uri.scheme().isEmpty()) {
            report.error(use.place(), "the endpoint has no component", "write it like direct:name");
        } else if (!EndpointUri.open(uri.scheme())) {
            Optional<Component> component = components.find(uri.scheme());
            component.ifPresent(known -> check(use, uri, known));
            if (component.isEmpty()) {
                report.error(
                        use.place(),
                        "there is no component " + report.quote(uri.scheme()) + " in this build",
                        report.instead(uri.scheme(), components.names()));
            }
        }
    }

    private void check(EndpointUse use, EndpointUri uri, Component component) {
        Map<Part, Part> options = new LinkedHashMap<>();
        uri.options()
                .forEach((name, value) ->
                        options.put(within(use.place(), name, name), within(use.place(), name, value)));
        use.parameters().map(Part::entries).orElse(List.of()).forEach(entry -> options.put(entry.key(), entry.value()));
        OptionCheck check = new OptionCheck(component, placeholders, report);
        options.forEach(check::check);
        List<String> names = options.keySet().stream().map(Part::text).toList();
        path(use, uri, component, names);
        direction(use, component);
        component.options().values().stream()
                .filter(option -> option.required() && !names.contains(option.name()))
                .forEach(option -> report.error(
                        use.place(),
                        "the option `" + option.name() + "` of `" + component.scheme() + "` is missing",
                        "write it below `parameters`"));
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
