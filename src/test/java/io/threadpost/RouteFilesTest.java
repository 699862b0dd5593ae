package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

/** The route files that are shipped: in the form that the visual editor keeps, described, and free of secrets. */
class RouteFilesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}:?]+)[^}]*}}");
    private static final Pattern SECRET =
            Pattern.compile("(?i)(token|passw|secret|authorization|bearer|api-?key)|[A-Za-z0-9+/=_-]{32,}");
    private static JsonSchema schema;

    static List<Path> files() {
        return Sources.below("routes");
    }

    @BeforeAll
    static void compileTheSchema() throws IOException {
        try (InputStream in = RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(in);
        }
    }

    @Test
    void allOfThemRunTogether() throws Exception {
        DryRun.of(files().stream()
                .collect(Collectors.toMap(file -> file.getFileName().toString(), Sources::text)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isAsTheYamlDslDescribesIt(Path file) throws IOException {
        assertThat(schema.validate(YAML.readTree(Sources.text(file)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteHasAnIdAndADescription(Path file) throws IOException {
        assertThat(file.getFileName().toString()).endsWith(".camel.yaml");
        List<String> ids = new ArrayList<>();
        for (JsonNode entry : YAML.readTree(Sources.text(file))) {
            JsonNode route = entry.path("route");
            ids.add(route.path("id").asText());
            assertThat(route.path("id").asText()).matches("[a-z]+(-[a-z]+)*");
            assertThat(route.path("description").asText()).matches("[A-Z].*\\.");
        }
        if (ids.size() == 1) {
            assertThat(file.getFileName()).hasToString(ids.get(0) + ".camel.yaml");
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isCanonical(Path file) throws IOException {
        String text = Sources.text(file);
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
    void namesOnlySettingsThatThereAreAndNoSecret(Path file) {
        String text = Sources.text(file);
        assertThat(PLACEHOLDER.matcher(text).results().map(found -> found.group(1)))
                .isSubsetOf(Sources.settings().keySet());
        assertThat(SECRET.matcher(text).results().map(found -> found.group())).isEmpty();
    }

    @Test
    void theStepsThatRoutesNameAreTheStepsThatThereAre() throws IOException {
        for (Path file : files()) {
            for (JsonNode ref : YAML.readTree(Sources.text(file)).findValues("ref")) {
                assertThat(Sources.beans()).containsKey(ref.asText());
            }
        }
    }
}
