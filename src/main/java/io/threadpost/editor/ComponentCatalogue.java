package io.threadpost.editor;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.threadpost.routecheck.CamelJars;
import io.threadpost.routecheck.RouteVocabulary;

/**
 * The own components in the format of Kaoto's catalogue of components: Camel's description of each by its scheme, with
 * a schema of its form.
 */
public final class ComponentCatalogue {
    private ComponentCatalogue() {}

    /** @return the components by their schemes */
    public static ObjectNode of(CamelJars jars, RouteVocabulary vocabulary) {
        ObjectNode catalogue = JsonNodeFactory.instance.objectNode();
        for (RouteVocabulary.Component component : vocabulary.components()) {
            JsonNode description = jars.description(CamelJars.Kind.COMPONENT, component.scheme())
                    .orElseThrow(() -> new IllegalStateException("no component " + component.scheme()));
            ObjectNode entry = description.deepCopy();
            ((ObjectNode) entry.path("component")).put("provider", "Threadpost");
            entry.set("propertiesSchema", form(description));
            catalogue.set(component.scheme(), entry);
        }
        return catalogue;
    }

    private static ObjectNode form(JsonNode description) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        form.put("$schema", "http://json-schema.org/draft-07/schema#")
                .put("title", description.path("component").path("title").asText())
                .put("type", "object");
        ObjectNode properties = form.putObject("properties");
        for (Map.Entry<String, JsonNode> property :
                description.path("properties").properties()) {
            JsonNode about = property.getValue();
            ObjectNode field = properties.putObject(property.getKey());
            String type = about.path("type").asText();
            field.put("type", List.of("integer", "boolean", "number").contains(type) ? type : "string")
                    .put("title", about.path("displayName").asText())
                    .put("description", about.path("description").asText())
                    .put("deprecated", about.path("deprecated").asBoolean())
                    .put("$comment", "group:" + about.path("group").asText());
            if (about.has("enum")) {
                field.set("enum", about.path("enum"));
            }
            if (about.has("defaultValue")) {
                field.put("default", about.path("defaultValue").asText());
            }
            if (about.path("required").asBoolean()) {
                form.withArray("required").add(property.getKey());
            }
        }
        return form;
    }
}
