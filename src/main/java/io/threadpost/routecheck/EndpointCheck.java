package io.threadpost.routecheck;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at the endpoints that routes name: the component, its path, its options and their values. */
final class EndpointCheck {
    private final EndpointReader endpointReader;
    private final SimpleCheck simple;
    private final SourceText source;
    private final Set<String> beans;
    private final FindingCollector findingCollector;

    /** @param beans of the file: one of them may be a component */
    EndpointCheck(
            EndpointReader endpointReader,
            SimpleCheck simple,
            SourceText source,
            Set<String> beans,
            FindingCollector findingCollector) {
        this.endpointReader = endpointReader;
        this.simple = simple;
        this.source = source;
        this.beans = beans;
        this.findingCollector = findingCollector;
    }

    void check(EndpointUse use) {
        EndpointUri uri = endpointReader.read(use);
        if (uri.scheme().isEmpty()) {
            findingCollector.error(use.place(), "the endpoint has no component", "write it like direct:name");
        } else if (!EndpointUri.open(uri.scheme()) && !beans.contains(uri.scheme())) {
            Optional<ComponentModel> component = endpointReader.components().find(uri.scheme());
            component.ifPresent(known -> check(use, uri, known));
            if (component.isEmpty()) {
                findingCollector.error(
                        use.place(),
                        "there is no component " + findingCollector.quote(uri.scheme()) + " in this build",
                        findingCollector.instead(
                                uri.scheme(), endpointReader.components().names()));
            }
        }
    }

    private void check(EndpointUse use, EndpointUri uri, ComponentModel componentModel) {
        Map<YamlNode, YamlNode> options = new LinkedHashMap<>();
        uri.options()
                .forEach((name, value) ->
                        options.put(within(use.place(), name, name), within(use.place(), name, value)));
        use.parameters()
                .map(YamlNode::entries)
                .orElse(List.of())
                .forEach(entry -> options.put(entry.key(), entry.value()));
        OptionCheck check = new OptionCheck(
                componentModel, use.direction(), endpointReader.placeholders(), simple, findingCollector);
        options.forEach(check::check);
        List<String> names = options.keySet().stream().map(YamlNode::text).toList();
        forms(use, uri);
        new FilesCheck(endpointReader.placeholders(), findingCollector).check(use, componentModel);
        new HttpCheck(endpointReader.placeholders(), findingCollector).check(use, uri, componentModel);
        new RemoteFileCheck(endpointReader.placeholders(), findingCollector).check(use, uri, componentModel);
        path(use, uri, componentModel, names);
        direction(use, componentModel);
        componentModel.options().values().stream()
                .filter(option -> option.required() && !names.contains(option.name()))
                .forEach(option -> findingCollector.error(
                        use.place(),
                        "the option `" + option.name() + "` of `" + componentModel.scheme() + "` is missing",
                        "write it below `parameters`"));
    }

    /** What Camel takes in one place only. */
    private void forms(EndpointUse use, EndpointUri uri) {
        // What a setting has behind a question mark is taken by Camel, too.
        if (!EndpointUri.of(use.uri().strip()).options().isEmpty()
                && use.parameters().filter(map -> !map.entries().isEmpty()).isPresent()) {
            findingCollector.error(
                    use.place(),
                    "options stand behind the `?` of " + findingCollector.quote(use.uri()) + " and below `parameters`",
                    uri.scheme().startsWith("http")
                            ? "keep the address with its query in a setting, and write `{{its.key}}`; or write all behind the `?`"
                            : "write all of them below `parameters`");
        }
        boolean batch = uri.options().containsKey("batch") || parameter(use, "batch");
        boolean parallel = uri.options().containsKey("parallel") || parameter(use, "parallel");
        if (uri.scheme().equals("spool") && batch && parallel) {
            findingCollector.error(
                    use.place(), "`parallel` hands out single items, and `batch` lists of them", "keep one of them");
        }
        if (!use.dynamic() && uri.path().contains("${") && !uri.scheme().equals("language")) {
            findingCollector.error(
                    use.place(),
                    "`${` stands in the fixed address " + findingCollector.quote(use.uri()),
                    uri.scheme().equals("file")
                            ? "write what changes into `fileName`, below `parameters`"
                            : "use `toD` in place of `to`");
        }
    }

    private static boolean parameter(EndpointUse use, String name) {
        return use.parameters().flatMap(map -> map.at(name)).isPresent();
    }

    private void path(EndpointUse use, EndpointUri uri, ComponentModel componentModel, List<String> names) {
        if (!uri.path().isEmpty()) {
            new OwnPathFormats(findingCollector).check(use, componentModel, uri.path());
            return;
        }
        componentModel.path().stream()
                .filter(option -> option.required() && !names.contains(option.name()))
                .findFirst()
                .ifPresent(option -> findingCollector.error(
                        use.place(),
                        "`" + option.name() + "` is missing in " + findingCollector.quote(use.uri()),
                        "write it like " + componentModel.syntax()));
    }

    private void direction(EndpointUse use, ComponentModel componentModel) {
        if (use.direction() == EndpointUse.Direction.TO && componentModel.consumerOnly()) {
            findingCollector.error(
                    use.place(),
                    "nothing can be sent to " + findingCollector.quote(componentModel.scheme()),
                    "it can only be taken from, in `from`");
        } else if (use.direction() != EndpointUse.Direction.TO && componentModel.producerOnly()) {
            findingCollector.error(
                    use.place(),
                    "nothing can be taken from " + findingCollector.quote(componentModel.scheme()),
                    "it can only be sent to, in `to`");
        }
    }

    /** An option behind the question mark stands where its name is found in the URI. */
    private YamlNode within(YamlNode uri, String name, String text) {
        SourcePosition sourcePosition = source.find(uri, name + "=");
        return new YamlNode(
                YamlNode.Kind.TEXT,
                text,
                sourcePosition.line(),
                sourcePosition.column(),
                sourcePosition.line(),
                List.of(),
                List.of());
    }
}
