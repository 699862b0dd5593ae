package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;

/** Reads the endpoints that routes name, in both forms: {@code direct:name}, and {@code direct} with {@code name} among its parameters. */
record Endpoints(Components components, Placeholders placeholders) {
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
    List<Part.Entry> parameters(EndpointUse use) {
        List<Part.Entry> all = use.parameters().map(Part::entries).orElse(List.of());
        EndpointUri uri = EndpointUri.of(placeholders.resolve(use.uri().strip()));
        return uri.path().isEmpty()
                ? named(uri, use)
                        .map(name -> all.stream().filter(entry -> entry != name).toList())
                        .orElse(all)
                : all;
    }

    /** The parameter that is the path; of components whose path has several pieces none is. */
    private Optional<Part.Entry> named(EndpointUri uri, EndpointUse use) {
        return components
                .find(uri.scheme())
                .filter(component -> component.path().size() == 1)
                .flatMap(component -> use.parameters()
                        .flatMap(map -> map.entry(component.path().get(0).name())))
                .filter(entry -> entry.value().is(Part.Kind.TEXT));
    }
}
