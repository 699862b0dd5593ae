package io.threadpost;

import static io.threadpost.settings.CamelJars.Kind.COMPONENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.threadpost.routecheck.NamedSteps;
import io.threadpost.settings.CamelJars;

/** What the checks of route files believe about Threadpost is what the code says. */
class RouteNamesTest {
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

    /** The build generates the description; the service file is written by hand. */
    @Test
    void everyComponentIsDescribed() {
        assertThat(Sources.beans().entrySet().stream()
                        .filter(bean -> bean.getValue().contains("extends DefaultComponent"))
                        .map(Map.Entry::getKey))
                .isNotEmpty()
                .allSatisfy(
                        scheme -> assertThat(new CamelJars(getClass().getClassLoader()).description(COMPONENT, scheme))
                                .hasValueSatisfying(json ->
                                        assertThat(json.path("properties")).isNotEmpty()));
    }

    @Test
    void theEndpointsOfJavaRoutesAreThere() {
        assertThat(NamedSteps.endpoints()).allSatisfy(endpoint -> assertThat(Sources.code())
                .contains("\"" + endpoint.replace("direct:", "") + "\""));
    }
}
