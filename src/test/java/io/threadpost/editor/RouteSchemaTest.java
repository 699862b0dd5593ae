package io.threadpost.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Sources;
import io.threadpost.command.Commands;
import io.threadpost.routecheck.CamelJars;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/** The schema of route files accepts what runs, and reports what an editor should underline. */
class RouteSchemaTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
    private static final CamelJars JARS = new CamelJars(RouteSchemaTest.class.getClassLoader());
    private static final ObjectNode SCHEMA = RouteSchema.of(JARS, new ThreadpostVocabulary());
    private static final JsonSchema VALIDATOR =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(SCHEMA);

    private static Set<ValidationMessage> problems(String yaml) throws IOException {
        // A truth may come from a setting; Camel's schema knows only the truth itself.
        return VALIDATOR.validate(YAML.readTree(yaml.replaceAll("\"\\{\\{threadpost\\.[a-z.]+\\.on}}\"", "true")));
    }

    private static String route(String uri, String step) {
        return """
                - route:
                    id: shown
                    from:
                      uri: %s
                      steps:
                %s
                """
                .formatted(uri, step.indent(8));
    }

    @Test
    void everyShippedAndEveryShownRouteIsValid() throws IOException {
        List<String> routes = new ArrayList<>();
        for (Path file : Sources.below("routes")) {
            routes.add(Sources.text(file));
        }
        int shipped = routes.size();
        String extended = Sources.text(Path.of("routes/route-thread.camel.yaml"));
        for (Path page : Sources.below("docs")) {
            if (page.toString().endsWith(".md")) {
                BLOCK.matcher(Sources.text(page))
                        .results()
                        .map(block -> block.group(1))
                        .forEach(yaml -> routes.add(yaml.startsWith(" ") ? extended + yaml : yaml));
            }
        }
        assertThat(routes).hasSizeGreaterThan(shipped + 20);
        for (String yaml : routes) {
            assertThat(problems(yaml)).as(yaml).isEmpty();
        }
    }

    @Test
    void nothingOfCamelsSchemaIsMissing() {
        JsonNode camel = JARS.json("schema/camelYamlDsl.json").path("items").path("definitions");
        JsonNode own = SCHEMA.path("items").path("definitions");
        camel.properties().forEach(definition -> {
            JsonNode extended = own.path(definition.getKey());
            assertThat(names(extended.path("properties")))
                    .as(definition.getKey())
                    .isEqualTo(names(definition.getValue().path("properties")));
            assertThat(extended.path("required"))
                    .isEqualTo(definition.getValue().path("required"));
            assertThat(extended.path("oneOf").size())
                    .isEqualTo(definition.getValue().path("oneOf").size());
        });
        assertThat(JARS.json("schema/camelYamlDsl.json").path("$schema").asText())
                .contains("draft-04");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> offered(String name) {
        return SCHEMA.path("items")
                .path("definitions")
                .path("threadpost." + name)
                .findValuesAsText("const");
    }

    @Test
    void editorsOfferWhatThreadpostAdds() {
        assertThat(offered("Uri"))
                .contains("spool:files", "spool:queue", "windows:open", "mail:judge", "direct:get-threads");
        assertThat(offered("Processor")).contains("writeFiles", "threadsAsJson");
        assertThat(offered("Strategy")).containsExactly("routedThreads");
        assertThat(offered("Header")).contains("ThreadpostKey");
        assertThat(offered("Property")).contains("ThreadpostReceipt");
        assertThat(offered("Setting"))
                .contains("{{threadpost.files.directory}}")
                .doesNotContainAnyElementsOf(SettingsCatalogue.secrets().stream()
                        .map(setting -> "{{" + setting.key() + "}}")
                        .toList());
        JsonNode first = SCHEMA.at("/items/definitions/threadpost.spool/properties/batch");
        assertThat(first.path("description").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to: spool:files",
                "to: {uri: 'spool:my-own', parameters: {parcel: 5}}",
                "to: {uri: spool:files, parameters: {parcel: '{{my.parcel}}'}}",
                "to: {uri: spool:files, parameters: {parcel: '5'}}",
                "to: {uri: 'mail:judge', parameters: {per: 60000, authenticated: 'true'}}",
                "to: {uri: 'mail:subject', parameters: {prefixes: one}}",
                "to: {uri: 'digest:x', parameters: {open: true}}",
                "to: {uri: 'https://example.org', parameters: {anything: 1}}",
                "process: {ref: myOwn}",
                "setHeader: {name: mine, constant: {expression: '{{threadpost.files.directory}}'}}"
            })
    void whatIsRightIsValid(String step) throws IOException {
        assertThat(problems(route("spool:lost", "- " + step))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to: {uri: spool:files, parameters: {parcle: 5}}",
                "to: {uri: spool:files, parameters: {parcel: many}}",
                "to: {uri: 'mail:subject', parameters: {prefixes: two}}",
                "to: {url: spool:files}",
                "to: 5",
                "tu: spool:files",
                "process: {reff: writeFiles}",
                "setHeader: {constant: {expression: x}}"
            })
    void whatIsWrongIsReported(String step) throws IOException {
        assertThat(problems(route("spool:lost", "- " + step))).isNotEmpty();
    }

    @Test
    void aWrongOptionOfASourceIsReported() throws IOException {
        assertThat(problems(route("spool:lost\n      parameters: {batch: 5}", "- log: x")))
                .isEmpty();
        assertThat(problems(route("spool:lost\n      parameters: {bach: 5}", "- log: x")))
                .isNotEmpty();
    }

    @Test
    void theCatalogueHasEveryComponentAsCamelDescribesIt() {
        JsonNode catalogue = ComponentCatalogue.of(JARS, new ThreadpostVocabulary());

        assertThat(names(catalogue)).contains("spool", "windows", "digest", "mail", "mailbox", "files");
        catalogue.properties().forEach(component -> {
            JsonNode described = JARS.description(CamelJars.Kind.COMPONENT, component.getKey())
                    .orElseThrow();
            assertThat(component.getValue().path("properties")).isEqualTo(described.path("properties"));
            assertThat(names(component.getValue().at("/propertiesSchema/properties")))
                    .isEqualTo(names(described.path("properties")));
        });
        assertThat(catalogue.at("/spool/propertiesSchema/required")).hasSize(1);
    }

    @Test
    void theCommandPrintsEachSchema() throws IOException {
        assertThat(printed("schema").path("title").asText()).isEqualTo("Threadpost example");
        assertThat(printed("schema", "examples")).isEqualTo(printed("schema"));
        assertThat(printed("schema", "routes")).isEqualTo(YAML.readTree(SCHEMA.toString()));
        assertThat(printed("schema", "kaoto").has("spool")).isTrue();
        assertThat(run("schema", "other")).startsWith("1 ").contains("there is no schema `other`");
    }

    private static JsonNode printed(String... arguments) throws IOException {
        return YAML.readTree(run(arguments).substring(2));
    }

    private static String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = new Commands(Path.of(""), "prod", print, print).run(arguments);
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }
}
