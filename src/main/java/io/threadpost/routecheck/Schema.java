package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;

import io.threadpost.settings.CamelJars;

/**
 * The schema of Camel's YAML DSL, as {@link Shape}s. It is read as what it is: a list of definitions in three or four patterns. A validator
 * that takes it literally answers a misspelt word with forty failed alternatives, and needs a second to get ready.
 */
final class Schema {
    private static final String RESOURCE = "schema/camelYamlDsl.json";
    private static final String REFERENCE = "#/items/definitions/";

    private final JsonNode document;
    private final Map<String, Shape> definitions = new ConcurrentHashMap<>();

    Schema(CamelJars jars) {
        this.document = jars.json(RESOURCE);
        if (document.isEmpty()) {
            throw new IllegalStateException(RESOURCE + " is not in this build");
        }
    }

    /** @return what one entry of a route file may be */
    Shape entry() {
        return shape(document.path("items"));
    }

    /** @return a definition by its last name, such as {@code ToDefinition} */
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
        return closed(node) && !target.closed() ? closed(target) : target;
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
        List<Shape.Choice> choices = new ArrayList<>();
        for (JsonNode group : node.path("anyOf")) {
            choices.add(choice(group, properties));
        }
        // The schema lets an expression hold anything beside its language; Camel does not.
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

    /** Finds the names of a group of alternatives, and what is behind each of them. */
    private Shape.Choice choice(JsonNode group, Map<String, JsonNode> properties) {
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
        return new Shape.Choice(names, needed);
    }

    private static Shape closed(Shape shape) {
        return new Shape(
                shape.name(),
                shape.types(),
                shape.properties(),
                true,
                shape.required(),
                shape.choices(),
                shape.single(),
                shape.items(),
                shape.values());
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
