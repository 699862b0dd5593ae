package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The schema of Camel's YAML DSL. It is a list of definitions in three or four patterns and read as such: a generic
 * JSON schema validator answers a misspelt word with forty failed alternatives and takes a second to start.
 */
final class YamlDslSchema {
    private static final String RESOURCE = "schema/camelYamlDsl.json";
    private static final String REFERENCE = "#/items/definitions/";

    private final JsonNode document;
    private final Map<String, Shape> definitions = new ConcurrentHashMap<>();

    /**
     * What the YAML DSL allows in one place.
     *
     * @param name of the definition in the schema, such as {@code ToDefinition}; empty for a place without one
     * @param types {@code string}, {@code number}, {@code boolean}, {@code array}, {@code object}; empty for anything
     * @param properties keys of a map
     * @param closed whether a map may have no other keys
     * @param required keys that a map must have
     * @param choices groups of keys of which a map has one at most
     * @param single whether a map may have one key at most
     * @param items of a list; null for anything
     * @param values of an enumeration; empty for any text
     */
    record Shape(
            String name,
            Set<String> types,
            Map<String, JsonNode> properties,
            boolean closed,
            List<String> required,
            List<Choice> choices,
            boolean single,
            JsonNode items,
            List<String> values) {

        boolean allows(String type) {
            return types.isEmpty() || types.contains(type);
        }

        Shape asClosed() {
            return new Shape(name, types, properties, true, required, choices, single, items, values);
        }
    }

    /**
     * Keys of which a map has one at most.
     *
     * @param needed whether it must have one
     */
    record Choice(Set<String> names, boolean needed) {}

    YamlDslSchema(CamelJars jars) {
        this.document = jars.json(RESOURCE);
        if (document.isEmpty()) {
            throw new IllegalStateException(RESOURCE + " is not in this build");
        }
    }

    /** @return the shape of an entry of a route file */
    Shape entry() {
        return shape(document.path("items"));
    }

    /** @return a definition by its simple name, such as {@code ToDefinition} */
    Shape definition(String name) {
        for (String full : (Iterable<String>) document.path("items").path("definitions")::fieldNames) {
            if (simple(full).equals(name)) {
                return named(full);
            }
        }
        throw new IllegalArgumentException(name);
    }

    Shape shape(JsonNode node) {
        if (!node.has("$ref")) {
            return read("", node);
        }
        Shape target = named(node.path("$ref").asText().substring(REFERENCE.length()));
        return closed(node) && !target.closed() ? target.asClosed() : target;
    }

    private Shape named(String full) {
        Shape known = definitions.get(full);
        if (known == null) {
            JsonNode definition = document.path("items").path("definitions").path(full);
            known = definition.has("$ref") ? shape(definition) : read(simple(full), definition);
            definitions.put(full, known);
        }
        return known;
    }

    private Shape read(String name, JsonNode node) {
        Set<String> types = new LinkedHashSet<>();
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        List<String> required = texts(node.path("required"));
        boolean closed = closed(node);
        node.path("properties")
                .properties()
                .forEach(property -> properties.put(property.getKey(), property.getValue()));
        if (!node.has("type") && !node.has("oneOf") && !properties.isEmpty()) {
            types.add("object");
        }
        if (node.has("type")) {
            types.add(node.path("type").asText());
        }
        for (JsonNode form : node.path("oneOf")) {
            types.add(form.path("type").asText());
            closed |= closed(form);
            form.path("properties")
                    .properties()
                    .forEach(property -> properties.put(property.getKey(), property.getValue()));
        }
        List<Choice> choices = new ArrayList<>();
        for (JsonNode group : node.path("anyOf")) {
            choices.add(choice(group, properties));
        }
        // The schema allows any key next to the language of an expression; Camel does not.
        return new Shape(
                name,
                types,
                properties,
                closed || !choices.isEmpty(),
                required,
                choices,
                node.path("maxProperties").asInt() == 1,
                node.get("items"),
                texts(node.path("enum")));
    }

    /** Collects the names of a group of alternatives, and adds their properties. */
    private Choice choice(JsonNode group, Map<String, JsonNode> properties) {
        Set<String> names = new LinkedHashSet<>();
        boolean needed = true;
        for (JsonNode alternative : group.path("oneOf")) {
            needed &= !alternative.has("not");
            if (alternative.has("$ref")) {
                Shape nested = shape(alternative);
                nested.choices().forEach(choice -> names.addAll(choice.names()));
                names.forEach(name -> properties.put(name, nested.properties().get(name)));
            }
            names.addAll(texts(alternative.path("required")));
            alternative
                    .path("properties")
                    .properties()
                    .forEach(property -> properties.put(property.getKey(), property.getValue()));
        }
        return new Choice(names, needed);
    }

    private static boolean closed(JsonNode node) {
        return node.has("additionalProperties")
                && !node.path("additionalProperties").asBoolean(true);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
