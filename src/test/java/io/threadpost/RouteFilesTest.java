package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.docs.Page;
import io.threadpost.docs.Page.Example;

/**
 * The route files that are shipped, and those that are shown: in the form that the visual editor keeps, described, and
 * free of secrets.
 */
class RouteFilesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}:?]+)[^}]*}}");
    private static final Pattern PARAMETER = Pattern.compile("(?m)^ +- name: ([a-z]+)$");
    private static final Pattern SECRET =
            Pattern.compile("(?i)(token|passw|secret|authorization|bearer|api-?key)|[A-Za-z0-9+/=_-]{32,}");
    private static final Page SHOWN = Page.of("docs/write-routes.md");
    private static JsonSchema schema;

    static List<Example> files() {
        return Stream.concat(shipped().stream(), SHOWN.examples().stream()).toList();
    }

    private static List<Example> shipped() {
        return Sources.below("routes").stream()
                .map(file -> new Example("shipped", file.getFileName().toString(), Sources.text(file)))
                .toList();
    }

    @BeforeAll
    static void compileTheSchema() throws IOException {
        try (InputStream in = RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(in);
        }
    }

    @Test
    void allOfThemRunTogether() throws Exception {
        DryRun.of(shipped().stream().collect(Collectors.toMap(Example::file, Example::yaml)), Map.of());
    }

    @ParameterizedTest
    @MethodSource("files")
    void isAsTheYamlDslDescribesIt(Example file) throws IOException {
        // A truth may come from a setting; the schema knows only the truth itself.
        String yaml = file.yaml().replaceAll("\"\\{\\{threadpost\\.[a-z.]+\\.on}}\"", "true");
        assertThat(schema.validate(YAML.readTree(yaml))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteHasAnIdAndADescription(Example file) throws IOException {
        assertThat(file.file()).endsWith(".camel.yaml");
        List<String> ids = new ArrayList<>();
        for (JsonNode entry : YAML.readTree(file.yaml())) {
            JsonNode route = entry.path("route");
            if (route.isMissingNode()) {
                continue;
            }
            ids.add(route.path("id").asText());
            assertThat(route.path("id").asText()).matches("[a-z]+(-[a-z]+)*");
            assertThat(route.path("description").asText()).matches("[A-Z].*\\.");
        }
        if (ids.size() == 1) {
            assertThat(file.file()).isEqualTo(ids.get(0) + ".camel.yaml");
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isCanonical(Example file) throws IOException {
        String text = file.yaml();
        assertThat(text).as("a comment: the visual editor drops it").doesNotContainPattern("(?m)(^|\\s)#");
        JsonNode routes = YAML.readTree(text);
        for (JsonNode uri : routes.findValues("uri")) {
            assertThat(uri.asText()).as("options go into parameters").doesNotContain("?");
        }
        for (JsonNode to : routes.findValues("to")) {
            assertThat(to.isObject()).as("to: with uri").isTrue();
        }
        for (String language : List.of("simple", "jsonpath", "constant", "header")) {
            for (JsonNode parent : routes.findParents(language)) {
                assertThat(parent.size())
                        .as("an expression stands alone below expression")
                        .isOne();
                assertThat(parent.path(language).isObject())
                        .as(language + ": with expression")
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void namesOnlySettingsThatThereAreAndNoSecret(Example file) {
        String text = file.yaml();
        Set<String> known = new TreeSet<>(Sources.settings().keySet());
        known.addAll(SHOWN.settings().keySet());
        PARAMETER.matcher(text).results().forEach(parameter -> known.add(parameter.group(1)));
        assertThat(PLACEHOLDER.matcher(text).results().map(found -> found.group(1)))
                .isSubsetOf(known);
        String written = text.replace("name: Authorization", "")
                .replaceAll("Bearer \\{\\{[^}]+}}", "")
                .replaceAll("password: \"RAW\\(\\{\\{[a-z.]+}}\\)\"", "");
        assertThat(SECRET.matcher(written).results().map(found -> found.group()))
                .isEmpty();
    }

    @Test
    void theStepsThatRoutesNameAreTheStepsThatThereAre() throws IOException {
        for (Example file : files()) {
            for (JsonNode ref : YAML.readTree(file.yaml()).findValues("ref")) {
                assertThat(Sources.beans()).containsKey(ref.asText());
            }
        }
    }
}
