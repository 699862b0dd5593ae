package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;

/**
 * Reads the endpoints that routes name, in both forms: {@code direct:name}, and {@code direct} with {@code name} among
 * its parameters.
 */
record EndpointReader(ComponentModels components, Placeholders placeholders) {
    /** @return with settings in place of their names where they have a value */
    EndpointUri read(EndpointUse use) {
        EndpointUri uri = EndpointUri.of(placeholders.resolve(use.uri().strip()));
        if (!uri.path().isEmpty()) {
            return uri;
        }
        return named(uri, use)
                .map(name -> uri.at(placeholders.resolve(name.value().text()).strip()))
                .orElse(uri);
    }

    /** @return the parameters that are not part of the path */
    List<YamlNode.Entry> parameters(EndpointUse use) {
        List<YamlNode.Entry> all = use.parameters().map(YamlNode::entries).orElse(List.of());
        EndpointUri uri = EndpointUri.of(placeholders.resolve(use.uri().strip()));
        return uri.path().isEmpty()
                ? named(uri, use)
                        .map(name -> all.stream().filter(entry -> entry != name).toList())
                        .orElse(all)
                : all;
    }

    /** The parameter that is the path; of components whose path has several pieces none is. */
    private Optional<YamlNode.Entry> named(EndpointUri uri, EndpointUse use) {
        return components
                .find(uri.scheme())
                .filter(componentModel -> componentModel.path().size() == 1)
                .flatMap(componentModel -> use.parameters()
                        .flatMap(map -> map.entry(componentModel.path().get(0).name())))
                .filter(entry -> entry.value().is(YamlNode.Kind.TEXT));
    }
}
