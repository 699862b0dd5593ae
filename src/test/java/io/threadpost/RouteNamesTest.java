package io.threadpost;

import static io.threadpost.routecheck.CamelJars.Kind.COMPONENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.threadpost.routecheck.CamelJars;
import io.threadpost.routecheck.RouteVocabulary;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/** What the checks of route files believe about Threadpost is what the code says. */
class RouteNamesTest {
    private static final RouteVocabulary VOCABULARY = new ThreadpostVocabulary();

    @Test
    void theStepsAreTheBeansThatAreNamed() {
        Map<String, RouteVocabulary.Step.Kind> expected = new TreeMap<>();
        Sources.beans().forEach((name, source) -> {
            if (Sources.isProcessor(name, source)) {
                expected.put(name, RouteVocabulary.Step.Kind.PROCESSOR);
            } else if (Sources.isAggregationStrategy(name, source)) {
                expected.put(name, RouteVocabulary.Step.Kind.STRATEGY);
            }
        });

        assertThat(VOCABULARY.steps().stream()
                        .collect(Collectors.toMap(RouteVocabulary.Step::name, RouteVocabulary.Step::kind)))
                .containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(VOCABULARY.steps())
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
        assertThat(VOCABULARY.endpoints()).allSatisfy(endpoint -> assertThat(Sources.code())
                .contains("\"" + endpoint.replace("direct:", "") + "\""));
    }
}
