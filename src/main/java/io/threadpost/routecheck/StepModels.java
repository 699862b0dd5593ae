package io.threadpost.routecheck;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;

import io.threadpost.settings.CamelJars;

/** Camel's own descriptions of steps, languages and data formats: of which type a property is. */
final class StepModels {
    private static final String FOLDER = "META-INF/org/apache/camel/model/";

    private final CamelJars jars;
    private final Map<String, JsonNode> read = new ConcurrentHashMap<>();

    StepModels(CamelJars jars) {
        this.jars = jars;
    }

    /** @return the description of a property; an empty node when there is none */
    JsonNode property(ModelElement modelElement, String name) {
        String key = modelElement.key().text();
        String definition = modelElement.definition();
        String folder = definition.endsWith("Expression")
                ? "language/"
                : definition.endsWith("DataFormat") ? "dataformat/" : "";
        String resource = FOLDER + folder + (key.matches("[A-Za-z0-9]+") ? key : "none") + ".json";
        return read.computeIfAbsent(resource, jars::json).path("properties").path(name);
    }
}
