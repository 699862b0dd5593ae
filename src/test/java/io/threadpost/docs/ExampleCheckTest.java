package io.threadpost.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.Sources;
import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.routecheck.RouteLinter;
import io.threadpost.routecheck.RouteSource;
import io.threadpost.routecheck.TestRouteContext;

/**
 * Nothing is found in an example of {@code docs/write-routes.md}, neither by itself nor beside the shipped files and
 * the other targets.
 */
class ExampleCheckTest {
    private static final Page PAGE = Page.of("docs/write-routes.md");
    private static final RouteLinter CHECKS = new RouteLinter(settings());

    static List<Page.Example> examples() {
        return PAGE.examples();
    }

    /** The shipped settings with their defaults, and those that the page makes up. */
    private static TestRouteContext settings() {
        Map<String, String> values = new TreeMap<>(Sources.settings());
        PAGE.settings().forEach((key, value) -> values.put(key, value.isEmpty() ? "given" : value));
        return new TestRouteContext(values);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void nothingIsFound(Page.Example example) {
        Map<String, String> files = new TreeMap<>();
        for (Path shipped : Sources.below("routes")) {
            files.put(shipped.getFileName().toString(), Sources.text(shipped));
        }
        examples().forEach(other -> files.putIfAbsent(other.file(), other.yaml()));
        files.put(example.file(), example.yaml());

        assertThat(findings(files)).isEmpty();
    }

    @Test
    void noYamlStandsThereThatIsNoExample() {
        assertThat(PAGE.text().split("```yaml", -1)).hasSize(examples().size() + 1);
    }

    @Test
    void whatThePageSaysThatIsPrintedIsSaid() {
        String route = Sources.text(Path.of("routes/route-thread.camel.yaml")).replace("uri: spool", "url: spool");
        String target = PAGE.example("Add a target in five lines", "to-log.camel.yaml")
                .yaml()
                .replace("uri: spool:log", "uri: spool:log\n      parameters:\n        bacth: 10");
        String odd =
                """
                - route:
                    id: odd
                    description: Needs a compiler.
                    from:
                      uri: spool:odd
                      steps:
                        - setBody:
                            expression:
                              groovy:
                                expression: body.Subject
                """;

        String method =
                """
                - route:
                    id: odd
                    description: Calls what there is not.
                    from:
                      uri: spool:odd
                      steps:
                        - log: "${body.Subject}"
                """;
        String exception =
                """
                - route:
                    id: to-log
                    description: Names what there is not.
                    from:
                      uri: spool:log
                      steps:
                        - doTry:
                            steps:
                              - log: "${body[Subject]}"
                            doCatch:
                              - exception:
                                  - java.lang.TimeoutException
                                steps:
                                  - log: late
                """;

        assertThat(Page.of("docs/reference/classes.md").text())
                .contains(findings(Map.of("to-log.camel.yaml", exception)).get(0));
        assertThat(PAGE.text())
                .contains(findings(Map.of("odd.camel.yaml", method)).get(0))
                .contains(findings(Map.of("route-thread.camel.yaml", route)).get(0))
                .contains(findings(Map.of("to-log.camel.yaml", target)).get(0))
                .contains(findings(Map.of("odd.camel.yaml", odd)).get(0));
    }

    private static List<String> findings(Map<String, String> files) {
        List<CheckedFile> checked = new ArrayList<>();
        files.forEach((name, text) -> checked.add(CHECKS.check(new RouteSource(name, text))));
        List<RouteFinding> findings = new ArrayList<>();
        checked.forEach(file -> findings.addAll(file.findings()));
        findings.addAll(CHECKS.checkTogether(checked));
        return findings.stream().map(RouteFinding::text).toList();
    }
}
