package io.threadpost.routecheck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The descriptions in Camel's jars: components, languages and data formats of this build, with their options. They are
 * resources, and the same in a native executable.
 */
public final class CamelJars {
    private static final String SERVICES = "META-INF/services/org/apache/camel/";

    private final ClassLoader loader;
    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, JsonNode> resources = new ConcurrentHashMap<>();
    private final Map<String, String> types = new ConcurrentHashMap<>();

    /** Kinds of parts. */
    public enum Kind {
        COMPONENT("component", "components"),
        LANGUAGE("language", "languages"),
        DATA_FORMAT("dataformat", "dataFormats");

        private final String folder;
        private final String list;

        Kind(String folder, String list) {
            this.folder = folder;
            this.list = list;
        }
    }

    /** @param loader sees Camel's jars */
    public CamelJars(ClassLoader loader) {
        this.loader = loader;
    }

    /** @return names of all parts of a kind in this build, sorted */
    public List<String> names(Kind kind) {
        TreeSet<String> names = new TreeSet<>();
        try {
            for (URL jar : Collections.list(loader.getResources(SERVICES + kind.folder + ".properties"))) {
                try (InputStream in = jar.openStream()) {
                    String list = properties(in).getProperty(kind.list, "").strip();
                    names.addAll(list.isEmpty() ? List.of() : List.of(list.split("\\s+")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(names);
    }

    /** @return the part's description, an empty object when its jar has none; empty when it is not in this build */
    public Optional<JsonNode> description(Kind kind, String name) {
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            return Optional.empty();
        }
        return Optional.ofNullable(types.computeIfAbsent(kind.folder + "/" + name, this::type))
                .map(type -> json(folder(type) + name + ".json"));
    }

    /** @return the JSON resource; an empty object when there is none */
    public JsonNode json(String resource) {
        return resources.computeIfAbsent(resource, this::read);
    }

    private JsonNode read(String resource) {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            return in == null ? mapper.createObjectNode() : mapper.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the implementing class; null for a service that is not in this build */
    private String type(String service) {
        try (InputStream in = loader.getResourceAsStream(SERVICES + service)) {
            return in == null ? null : properties(in).getProperty("class");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String folder(String type) {
        return "META-INF/" + type.substring(0, type.lastIndexOf('.') + 1).replace('.', '/');
    }

    private static Properties properties(InputStream in) throws IOException {
        Properties properties = new Properties();
        properties.load(in);
        return properties;
    }
}
