package io.threadpost.docs;

import static io.threadpost.routecheck.CamelJars.Kind.COMPONENT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.threadpost.Sources;
import io.threadpost.routecheck.AllowedClasses;
import io.threadpost.routecheck.CamelJars;
import io.threadpost.routecheck.RouteVocabulary;
import io.threadpost.settings.SettingRows;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/** The tables of the reference as the code defines them: each as its rows, in Markdown. */
final class Tables {
    private static final RouteVocabulary VOCABULARY = new ThreadpostVocabulary();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern CALL = Pattern.compile("call\\(\\s*\"([a-z-]+)\",\\s*\"([^\"]+)\"");

    private Tables() {}

    static List<String> steps() {
        return VOCABULARY.steps().stream()
                .map(step -> row(
                        "`" + step.name() + "`",
                        step.kind() == RouteVocabulary.Step.Kind.PROCESSOR ? "`process`" : "`aggregationStrategy`",
                        step.description()))
                .toList();
    }

    static List<String> options() {
        List<String> rows = new ArrayList<>();
        CamelJars jars = new CamelJars(Tables.class.getClassLoader());
        for (Path service : Sources.below("src/main/resources/META-INF/services/org/apache/camel/component")) {
            JsonNode description = jars.description(
                            COMPONENT, service.getFileName().toString())
                    .orElseThrow();
            description.path("properties").properties().forEach(option -> {
                JsonNode about = option.getValue();
                if (about.path("label").asText().contains("advanced")) {
                    return;
                }
                boolean path = about.path("kind").asText().equals("path");
                String group = about.path("group").asText();
                rows.add(row(
                        "`" + description.at("/component/syntax").asText() + "`",
                        path ? "the `" + option.getKey() + "` behind the colon" : "`" + option.getKey() + "`",
                        Map.of("consumer", "`from`", "producer", "`to`").getOrDefault(group, "`from` and `to`"),
                        about.path("description").asText()
                                + (about.has("defaultValue")
                                        ? " Default: `"
                                                + about.path("defaultValue").asText() + "`."
                                        : "")));
            });
        }
        return rows;
    }

    /** Those of the routes in Java, and then those of the shipped files. */
    static List<String> direct() {
        List<String> rows = new ArrayList<>();
        Matcher call = CALL.matcher(Sources.text(Sources.room("connector").resolve("ConnectorRoutes.java")));
        while (call.find()) {
            String what = call.group(2).replaceFirst("^(\\S+):", "Calls `$1`:");
            rows.add(row("`direct:" + call.group(1) + "`", "Java", what + "."));
        }
        rows.addAll(from("direct:"));
        return rows;
    }

    static List<String> spools() {
        return from("spool:");
    }

    static List<String> headers() {
        return names(RouteVocabulary.ExchangeName.Kind.HEADER);
    }

    static List<String> properties() {
        return names(RouteVocabulary.ExchangeName.Kind.PROPERTY);
    }

    static List<String> types(RouteVocabulary.ClassUse... uses) {
        Map<String, List<String>> packages = new LinkedHashMap<>();
        AllowedClasses types = new AllowedClasses(new ThreadpostVocabulary());
        for (RouteVocabulary.ClassUse use : uses) {
            for (String name : types.names(use)) {
                int dot = name.lastIndexOf('.');
                packages.computeIfAbsent(name.substring(0, dot), folder -> new ArrayList<>())
                        .add("`" + name.substring(dot + 1) + "`");
            }
        }
        return packages.entrySet().stream()
                .map(folder -> row("`" + folder.getKey() + "`", String.join(", ", folder.getValue())))
                .toList();
    }

    static List<String> settings() {
        return SettingRows.all().stream()
                .map(setting -> row(setting.toArray(String[]::new)))
                .toList();
    }

    /** Every name that the production code gives to something in an exchange. */
    static TreeSet<String> namesInTheCode() {
        TreeSet<String> names = new TreeSet<>();
        Sources.below(Sources.MAIN.toString()).stream()
                .filter(file -> !file.endsWith("ExchangeNames.java"))
                .map(Sources::text)
                .flatMap(code -> Pattern.compile("\"(Threadpost[A-Z]\\w+)\"")
                        .matcher(code)
                        .results())
                .forEach(found -> names.add(found.group(1)));
        return names;
    }

    private static List<String> names(RouteVocabulary.ExchangeName.Kind kind) {
        return VOCABULARY.exchangeNames().stream()
                .filter(name -> name.kind() == kind)
                .map(name -> row("`" + name.name() + "`", name.open() ? "yes" : "no", name.description()))
                .toList();
    }

    private static List<String> from(String scheme) {
        List<String> rows = new ArrayList<>();
        for (Path file : Sources.below("routes")) {
            JsonNode entries = read(YAML, file);
            for (JsonNode entry : entries) {
                JsonNode route = entry.has("templatedRoute") ? filledIn(entry.get("templatedRoute"), entries) : entry;
                String uri = route.at("/route/from/uri").asText();
                if (uri.startsWith(scheme)) {
                    String description = route.at("/route/description").asText();
                    rows.add(row("`" + uri + "`", "`" + file + "`", description));
                }
            }
        }
        return rows;
    }

    /** The template's route with the parameters in place of their names; both stand in the same file. */
    private static JsonNode filledIn(JsonNode templated, JsonNode entries) {
        for (JsonNode entry : entries) {
            JsonNode template = entry.path("routeTemplate");
            if (template.path("id").equals(templated.get("routeTemplateRef"))) {
                String text = template.toString();
                for (JsonNode parameter : templated.get("parameters")) {
                    text = text.replace(
                            "{{" + parameter.get("name").asText() + "}}",
                            parameter.get("value").asText());
                }
                return read(text);
            }
        }
        throw new IllegalStateException("no template " + templated.get("routeTemplateRef"));
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(ObjectMapper mapper, Path file) {
        try {
            return mapper.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(String... cells) {
        return Stream.of(cells).reduce("|", (line, cell) -> line + (cell.isEmpty() ? "" : " " + cell) + " |");
    }
}
