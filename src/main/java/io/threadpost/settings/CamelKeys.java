package io.threadpost.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Camel's own settings, as its jars describe them. Read only when somebody makes one. */
final class CamelKeys {
    private static final String MAIN = "META-INF/camel-main-configuration-metadata.json";
    private static final String SERVICES = "META-INF/services/org/apache/camel/";
    /** Groups whose keys people make up themselves: beans, route templates, kamelet parameters, variables. */
    private static final Set<String> FREE = Set.of("beans", "routetemplate", "kamelet", "variable", "cluster");
    /** Groups with a catalogue file for each name. */
    private static final Set<String> NAMED = Set.of("component", "dataformat", "language");

    private final ClassLoader loader;
    private final ObjectMapper mapper = new ObjectMapper();

    CamelKeys(ClassLoader loader) {
        this.loader = loader;
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
        return NAMED.contains(group) && parts.length > 2 ? named(key, group, parts[2]) : main(key);
    }

    private Optional<String> main(String key) {
        List<String> known = new ArrayList<>();
        for (JsonNode property : json(MAIN).path("properties")) {
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
        String service = service(group, name);
        if (service == null) {
            return Optional.of("there is no " + group + " `" + name + "` in this build");
        }
        String folder = service.substring(0, service.lastIndexOf('.')).replace('.', '/');
        JsonNode description = json("META-INF/" + folder + "/" + name + ".json");
        String prefix = "camel." + group + "." + name + ".";
        List<String> known = new ArrayList<>();
        description
                .path(group.equals("component") ? "componentProperties" : "properties")
                .fieldNames()
                .forEachRemaining(option -> known.add(prefix + option));
        // `camel.component.http.http-configuration.x`: what follows a known option belongs to that option's value.
        boolean found = known.stream()
                .map(CamelKeys::normal)
                .anyMatch(option -> normal(key).equals(option) || normal(key).matches("\\Q" + option + "\\E[.\\[].+"));
        return found || known.isEmpty() ? Optional.empty() : Optional.of(UnknownKeys.unknown(key, known));
    }

    private String service(String group, String name) {
        Properties properties = new Properties();
        try (InputStream in = loader.getResourceAsStream(SERVICES + group + "/" + name)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("class");
    }

    private JsonNode json(String resource) {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            return in == null ? mapper.createObjectNode() : mapper.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
