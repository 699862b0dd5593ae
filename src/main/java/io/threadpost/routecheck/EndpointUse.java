package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;

/**
 * A place in a route file that names an endpoint.
 *
 * @param place the URI as it is written
 * @param parameters the map next to it
 * @param direction of the exchanges
 * @param dynamic whether the URI may hold expressions
 * @param uri with placeholders resolved where they have a value
 * @param options the parameters that are not part of the path
 */
record EndpointUse(
        YamlNode place,
        List<YamlNode.Entry> parameters,
        Direction direction,
        boolean dynamic,
        EndpointUri uri,
        List<YamlNode.Entry> options) {

    /** Which way exchanges go. */
    enum Direction {
        FROM,
        TO,
        POLLED
    }

    boolean consumes() {
        return direction == Direction.FROM;
    }

    /** @return the URI as it is written */
    String text() {
        return place.text();
    }

    /** @return the URI with its placeholders */
    EndpointUri unresolved() {
        return EndpointUri.of(place.text().strip());
    }

    /** @return the value of a parameter */
    Optional<YamlNode> parameter(String name) {
        return parameters.stream()
                .filter(entry -> entry.name().equals(name))
                .map(YamlNode.Entry::value)
                .findFirst();
    }
}
