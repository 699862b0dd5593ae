package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.routecheck.NamedSteps;

/** What the checks of route files believe about Threadpost is what the code says. */
class RouteNamesTest {
    private static final Pattern OPTION = Pattern.compile("\\((?:uri|parameters), \"(\\w+)\"");
    private static final Pattern TYPE = Pattern.compile("class (\\w+) extends DefaultComponent");

    @Test
    void theStepsAreTheBeansThatAreNamed() {
        Map<String, NamedSteps.Kind> expected = new TreeMap<>();
        Sources.beans().forEach((name, source) -> {
            if (source.contains("implements Processor")) {
                expected.put(name, NamedSteps.Kind.PROCESSOR);
            } else if (source.contains("implements AggregationStrategy")) {
                expected.put(name, NamedSteps.Kind.STRATEGY);
            }
        });

        assertThat(NamedSteps.all().stream().collect(Collectors.toMap(NamedSteps.Step::name, NamedSteps.Step::kind)))
                .containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(NamedSteps.all())
                .allSatisfy(step -> assertThat(step.description()).matches("[A-Z].*\\."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spool", "windows", "digest", "mail"})
    void theDescriptionOfAComponentHasItsOptions(String name) throws IOException {
        String source = Sources.beans().get(name);
        JsonNode description = new ObjectMapper()
                .readTree(Sources.text(Path.of(
                        "src/main/resources/META-INF/org/apache/camel/component/" + name + "/" + name + ".json")));

        TreeSet<String> options = new TreeSet<>();
        description.path("properties").properties().forEach(property -> {
            if (property.getValue().path("kind").asText().equals("parameter")) {
                options.add(property.getKey());
            }
        });
        assertThat(options)
                .containsExactlyInAnyOrderElementsOf(OPTION.matcher(source)
                        .results()
                        .map(found -> found.group(1))
                        .toList());
        assertThat(TYPE.matcher(source).results().map(found -> found.group(1)))
                .containsExactly(
                        description.path("component").path("javaType").asText().replaceFirst(".*\\.", ""));
        assertThat(description.path("component").path("consumerOnly").asBoolean())
                .isEqualTo(name.equals("windows"));
    }

    @Test
    void everyComponentOfOursIsDescribed() {
        assertThat(Sources.below("src/main/resources/META-INF/org/apache/camel/component").stream()
                        .map(file -> file.getFileName().toString().replace(".json", "")))
                .containsExactlyInAnyOrderElementsOf(Sources.beans().entrySet().stream()
                        .filter(bean -> bean.getValue().contains("extends DefaultComponent"))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @Test
    void theEndpointsOfJavaRoutesAreThere() {
        assertThat(NamedSteps.endpoints()).allSatisfy(endpoint -> assertThat(Sources.code())
                .contains("\"" + endpoint.replace("direct:", "") + "\""));
    }
}
