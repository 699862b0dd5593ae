package io.threadpost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** The packaged OpenAPI description has every path, parameter and field of the resources, and nothing else. */
class OpenApiTest {
    private static final Path EXPECTED = Path.of("target/openapi.json");
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void thePackagedDescriptionIsThatOfTheResources() throws IOException {
        JsonNode packaged = OpenApi.packaged();
        ObjectNode resources = OpenApi.ofResources();
        ObjectNode expected = packaged.deepCopy();
        expected.set("paths", resources.get("paths"));
        expected.set("components", resources.get("components"));
        ((ObjectNode) expected.path("components"))
                .set("securitySchemes", packaged.path("components").path("securitySchemes"));
        // Prose, and the fields of request bodies, are written by people.
        expected.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(verb -> {
                    JsonNode written =
                            packaged.path("paths").path(path.getKey()).path(verb.getKey());
                    ((ObjectNode) verb.getValue()).set("summary", written.path("summary"));
                    if (verb.getValue().has("requestBody") && written.has("requestBody")) {
                        ((ObjectNode) verb.getValue()).set("requestBody", written.path("requestBody"));
                    }
                }));
        Files.writeString(EXPECTED, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(expected));

        assertThat(packaged.path("paths")).as("see " + EXPECTED).isEqualTo(expected.path("paths"));
        assertThat(packaged.path("components")).as("see " + EXPECTED).isEqualTo(expected.path("components"));
    }

    @Test
    void everyOperationHasASummary() {
        List<JsonNode> operations = OpenApi.packaged().path("paths").findParents("operationId");

        assertThat(operations).hasSizeGreaterThan(50).allSatisfy(operation -> assertThat(
                        operation.path("summary").asText())
                .isNotBlank());
    }
}
