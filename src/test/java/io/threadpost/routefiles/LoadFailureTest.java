package io.threadpost.routefiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.routecheck.RouteFinding;

/** What only Camel itself refuses is told at the step that it does not like. */
class LoadFailureTest extends LiveFolder {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    - setBody: {xpath: '//['}                                           | 15:11 | location step
                    - loadBalance: {weightedLoadBalancer: {distributionRatio: '1'}, steps: [{log: a}, {log: b}]} | 9:9 | distributions
                    - to: {uri: 'http://h/x', parameters: {connectTimeout: 5s}}         | 15:64 | "5s"
                    - filter: {constant: a, steps: [{to: {uri: 'http://h/x', parameters: {connectTimeout: 7s}}}]} | 15:95 | "7s"
                    - to: rest:get:x                                                    | 15:15 | Hostname must be
                    """)
    void itsPlaceIsFound(String step, String place, String words) throws Exception {
        put(
                "a.camel.yaml",
                """
                - route:
                    id: other
                    description: Another one with the same words.
                    from:
                      uri: direct:other
                      steps:
                        - setBody: {constant: 5s}
                - route:
                    id: broken
                    description: Broken.
                    from:
                      uri: direct:broken
                      steps:
                        - log: first
                """
                        + step.indent(8));
        try (LiveRoutes live = start()) {
            RouteFinding routeFinding = live.status("a.camel.yaml").findings().get(0);
            assertThat(routeFinding.text())
                    .startsWith("a.camel.yaml:" + place + ": error: Camel cannot load it: ")
                    .contains(words);
        }
    }
}
