package io.threadpost.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** Camel's own settings, as its jars describe them. Read only when somebody makes one. */
final class CamelKeys {
    private static final String MAIN = "META-INF/camel-main-configuration-metadata.json";
    /** Groups whose keys people make up themselves: beans, route templates, kamelet parameters, variables. */
    private static final Set<String> FREE = Set.of("beans", "routetemplate", "kamelet", "variable", "cluster");
    /** Groups with a catalogue file for each name. */
    private static final Map<String, CamelJars.Kind> NAMED = Map.of(
            "component", CamelJars.Kind.COMPONENT,
            "dataformat", CamelJars.Kind.DATA_FORMAT,
            "language", CamelJars.Kind.LANGUAGE);

    private final CamelJars jars;

    CamelKeys(ClassLoader loader) {
        this.jars = new CamelJars(loader);
    }

    /** The one form in which {@code camel.main.auto-startup} and {@code camel.main.autoStartup} are the same. */
    static String normal(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** What is wrong with a key that begins with {@code camel.}; empty when it is known. */
    Optional<String> check(String key) {
        String[] parts = key.split("[.\\[]", 4);
        String group = parts.length > 1 ? normal(parts[1]) : "";
        if (FREE.contains(group)) {
            return Optional.empty();
        }
        return NAMED.containsKey(group) && parts.length > 2 ? named(key, group, parts[2]) : main(key);
    }

    private Optional<String> main(String key) {
        List<String> known = new ArrayList<>();
        for (JsonNode property : jars.json(MAIN).path("properties")) {
            String name = property.path("name").asText();
            known.add(name);
            boolean map = property.path("javaType").asText().contains("Map");
            if (normal(key).equals(normal(name)) || map && normal(key).matches("\\Q" + normal(name) + "\\E[.\\[].+")) {
                return Optional.empty();
            }
        }
        return Optional.of(UnknownKeys.unknown(key, known));
    }

    private Optional<String> named(String key, String group, String name) {
        Optional<JsonNode> description = jars.description(NAMED.get(group), name);
        if (description.isEmpty()) {
            return Optional.of("there is no " + group + " `" + name + "` in this build");
        }
        String prefix = "camel." + group + "." + name + ".";
        List<String> known = new ArrayList<>();
        description
                .get()
                .path(group.equals("component") ? "componentProperties" : "properties")
                .fieldNames()
                .forEachRemaining(option -> known.add(prefix + option));
        // `camel.component.http.http-configuration.x`: what follows a known option belongs to that option's value.
        boolean found = known.stream()
                .map(CamelKeys::normal)
                .anyMatch(option -> normal(key).equals(option) || normal(key).matches("\\Q" + option + "\\E[.\\[].+"));
        return found || known.isEmpty() ? Optional.empty() : Optional.of(UnknownKeys.unknown(key, known));
    }
}
