package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;

import io.threadpost.settings.CamelJars;

/** The components that routes of this build can name: Camel's, and Threadpost's own. */
final class ComponentModels {
    /** Beans that are components; no jar has a service entry for them. */
    static final List<String> OWN = List.of("spool", "windows", "digest", "mail", "mailbox", "files");

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
        List<String> names = new ArrayList<>(jars.names(CamelJars.Kind.COMPONENT));
        names.addAll(OWN);
        return names;
    }

    private Optional<JsonNode> description(String scheme) {
        return OWN.contains(scheme)
                ? Optional.of(jars.json("META-INF/org/apache/camel/component/" + scheme + "/" + scheme + ".json"))
                : jars.description(CamelJars.Kind.COMPONENT, scheme);
    }
}
