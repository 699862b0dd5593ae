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
 * The schema of Camel's YAML DSL, as {@link SchemaShape}s. It is read as what it is: a list of definitions in three or
 * four patterns. A validator that takes it literally answers a misspelt word with forty failed alternatives, and needs
 * a second to get ready.
 */
final class YamlDslSchema {
    private static final String RESOURCE = "schema/camelYamlDsl.json";
    private static final String REFERENCE = "#/items/definitions/";

    private final JsonNode document;
    private final Map<String, SchemaShape> definitions = new ConcurrentHashMap<>();

    YamlDslSchema(CamelJars jars) {
        this.document = jars.json(RESOURCE);
        if (document.isEmpty()) {
            throw new IllegalStateException(RESOURCE + " is not in this build");
        }
    }

    /** @return what one entry of a route file may be */
    SchemaShape entry() {
        return shape(document.path("items"));
    }

    /** @return a definition by its last name, such as {@code ToDefinition} */
    SchemaShape definition(String name) {
        for (String full : (Iterable<String>) document.path("items").path("definitions")::fieldNames) {
            if (simple(full).equals(name)) {
                return named(full);
            }
        }
        throw new IllegalArgumentException(name);
    }

    SchemaShape shape(JsonNode node) {
        if (!node.has("$ref")) {
            return read("", node);
        }
        SchemaShape target = named(node.path("$ref").asText().substring(REFERENCE.length()));
        return closed(node) && !target.closed() ? closed(target) : target;
    }

    private SchemaShape named(String full) {
        SchemaShape known = definitions.get(full);
        if (known == null) {
            JsonNode definition = document.path("items").path("definitions").path(full);
            known = definition.has("$ref") ? shape(definition) : read(simple(full), definition);
            definitions.put(full, known);
        }
        return known;
    }

    private SchemaShape read(String name, JsonNode node) {
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
        List<SchemaShape.Choice> choices = new ArrayList<>();
        for (JsonNode group : node.path("anyOf")) {
            choices.add(choice(group, properties));
        }
        // The schema lets an expression hold anything beside its language; Camel does not.
        return new SchemaShape(
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
    private SchemaShape.Choice choice(JsonNode group, Map<String, JsonNode> properties) {
        Set<String> names = new LinkedHashSet<>();
        boolean needed = true;
        for (JsonNode alternative : group.path("oneOf")) {
            needed &= !alternative.has("not");
            if (alternative.has("$ref")) {
                SchemaShape nested = shape(alternative);
                nested.choices().forEach(choice -> names.addAll(choice.names()));
                names.forEach(name -> properties.put(name, nested.properties().get(name)));
            }
            names.addAll(texts(alternative.path("required")));
            alternative
                    .path("properties")
                    .properties()
                    .forEach(property -> properties.put(property.getKey(), property.getValue()));
        }
        return new SchemaShape.Choice(names, needed);
    }

    private static SchemaShape closed(SchemaShape schemaShape) {
        return new SchemaShape(
                schemaShape.name(),
                schemaShape.types(),
                schemaShape.properties(),
                true,
                schemaShape.required(),
                schemaShape.choices(),
                schemaShape.single(),
                schemaShape.items(),
                schemaShape.values());
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
