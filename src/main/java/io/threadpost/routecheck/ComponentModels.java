package io.threadpost.routecheck;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;

import io.threadpost.settings.CamelJars;

/** The components that routes of this build can name: all that its jars list. */
final class ComponentModels {
    private final CamelJars jars;
    private final Map<String, ComponentModel> known = new ConcurrentHashMap<>();

    ComponentModels(CamelJars jars) {
        this.jars = jars;
    }

    /** @return the component; empty when it is not in this build */
    Optional<ComponentModel> find(String scheme) {
        ComponentModel found = known.get(scheme);
        if (found != null) {
            return Optional.of(found);
        }
        Optional<ComponentModel> read = description(scheme).map(description -> ComponentModel.of(scheme, description));
        read.ifPresent(componentModel -> known.put(scheme, componentModel));
        return read;
    }

    /** @return all that there are */
    List<String> names() {
        return jars.names(CamelJars.Kind.COMPONENT);
    }

    private Optional<JsonNode> description(String scheme) {
        return jars.description(CamelJars.Kind.COMPONENT, scheme);
    }
}
