package io.threadpost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

/** One entry of {@code src/test/resources/probes/route-language.yaml}, where its form is described. */
public record Probe(JsonNode entry) {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    public static List<Probe> all() {
        try {
            List<Probe> probes = new ArrayList<>();
            YAML.readTree(Path.of("src/test/resources/probes/route-language.yaml")
                            .toFile())
                    .forEach(entry -> probes.add(new Probe(entry)));
            return probes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return entry.path("name").asText();
    }

    /** @return words of the finding, when the file is to be refused */
    public Optional<String> refused() {
        return Optional.ofNullable(entry.get("refused")).map(JsonNode::asText);
    }

    /** @return words of the failure, when the exchange is to end with one */
    public Optional<String> fails() {
        return Optional.ofNullable(entry.get("fails")).map(JsonNode::asText);
    }

    /** @return whether this is what has to come out */
    public boolean expects(String result) {
        return entry.has("matches")
                ? Pattern.matches(entry.path("matches").asText(), result)
                : entry.path("expect").asText().equals(result);
    }

    /**
     * @param from the endpoint that fires
     * @return the file to be saved; the texts of several files, one after the other, are a file, too
     */
    public String file(String from) {
        ArrayNode file = YAML.createArrayNode();
        if (entry.has("beans")) {
            file.addObject().set("beans", entry.get("beans"));
        }
        ObjectNode route = file.addObject().putObject("route");
        route.put("id", "probe-" + name()).put("description", "A probe.");
        ArrayNode steps = route.putObject("from").put("uri", from).putArray("steps");
        if (entry.has("body") || entry.has("json")) {
            setBody(steps, "constant", entry.path(entry.has("json") ? "json" : "body"));
        }
        if (entry.has("json")) {
            steps.addObject().putObject("unmarshal").putObject("json").put("unmarshalType", "java.lang.Object");
        }
        for (Map.Entry<String, JsonNode> header : entry.path("headers").properties()) {
            ObjectNode step = steps.addObject().putObject("setHeader").put("name", header.getKey());
            step.putObject("expression").putObject("constant").set("expression", header.getValue());
        }
        for (String language : List.of("simple", "jsonpath")) {
            if (entry.has(language)) {
                setBody(steps, language, entry.get(language));
            }
        }
        entry.path("steps").forEach(steps::add);
        try {
            return YAML.writeValueAsString(file);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void setBody(ArrayNode steps, String language, JsonNode text) {
        steps.addObject()
                .putObject("setBody")
                .putObject("expression")
                .putObject(language)
                .set("expression", text);
    }

    @Override
    public String toString() {
        return name();
    }
}
