package io.threadpost.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.routecheck.RouteSource;

/** A fault in a route file that {@code check} accepts fails an example, with a message that explains it. */
class ExpectationTest {
    private static final String ROUTES =
            """
            - route:
                id: route-thread
                description: A test.
                from:
                  uri: direct:route-thread
                  steps:
                    - to: {uri: "spool:files"}
                    - filter:
                        expression: {simple: {expression: "${body[Subject]} ~~ 'group booking'"}}
                        steps: [{to: {uri: "spool:crm"}}]
            - route:
                id: to-files
                description: A test.
                from:
                  uri: spool:files
                  parameters: {batch: 10}
                  steps: [{process: {ref: threadsAsJson}}, {process: {ref: writeFiles}}]
            - route:
                id: to-crm
                description: A test.
                from:
                  uri: spool:crm
                  steps:
                    - removeHeaders: {pattern: "*"}
                    - setVariable: {name: title, expression: {simple: {expression: "${body[Subject]}"}}}
                    - process: {ref: jsonBody}
                    - setHeader: {name: X-Channel, expression: {constant: {expression: "of threads"}}}
                    - to: {uri: "https://crm.example/threads", parameters: {httpMethod: POST}}
            """;

    private static final String EXAMPLE =
            """
            given:
              thread:
                Subject: A group booking
                OriginalSender: anna@example.com
            expect:
              spools: [files, crm]
              files:
                - path: {contains: 2026/01/01/2026-01-01T00-00-00Z_}
                  content:
                    json: {Subject: A group booking}
              requests:
                - method: POST
                  url: https://crm.example/threads
                  headers:
                    X-Channel: of threads
                    ThreadpostKey: {absent: true}
                    Content-Type: application/json
                  body:
                    json: {title: A group booking}
            """;

    @TempDir
    Path home;

    private List<String> problems(String routes, String example) throws Exception {
        try (PreviewFolder folder =
                new PreviewFolder(home, List.of(new RouteSource("mine.camel.yaml", routes)), "prod")) {
            return new ExampleRun(folder)
                    .run(Path.of("examples"), "one.yaml", example)
                    .problems();
        }
    }

    @Test
    void exampleOfGoodRoutesPasses() throws Exception {
        assertThat(problems(ROUTES, EXAMPLE)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "another field | Subject]} ~~ | OriginalSender]} ~~ | spool:crm gets no item",
                "an inverted filter | ~~ 'group booking' | !~~ 'group booking' | is false",
                "a misspelt word | 'group booking' | 'grp booking' | stopped:  mine.camel.yaml:8",
                "another spool | uri: \"spool:crm\"}}] | uri: \"spool:cmr\"}}] | spool:cmr gets an item",
                "headers stay | removeHeaders: {pattern: \"*\"} | removeHeader: {name: X} | headers ThreadpostKey",
                "a lost body | - process: {ref: jsonBody} | - setBody: {constant: {expression: \"\"}} | request body",
                "another variable | name: title | name: titel | request body title",
                "another method | httpMethod: POST | httpMethod: PUT | expected: POST",
                "another path | crm.example/threads | crm.example/thread | request url",
                "another value | \"of threads\" | \"threads\" | request headers X-Channel",
                "a file in addition | ref: threadsAsJson | ref: threadsAsNdjson | file path",
                "text | to: {uri: \"spool:files\"} | setBody: {simple: {expression: \"${body[Id]}\"}} | of a text",
                "no answer | POST}} | `POST}}\n        - setBody: {jsonpath: $.id}` | answers 200 without a body",
                "a stop | - to: {uri: \"spool:files\"} | - stop: {} | stopped:  mine.camel.yaml:6: stop",
                "written twice | {ref: writeFiles}} | {ref: writeFiles}}, {process: {ref: writeFiles}} | one of the",
            })
    void faultFailsTheExample(String name, String right, String wrong, String message) throws Exception {
        assertThat(ROUTES).contains(right);
        String problems = String.join("\n", problems(ROUTES.replace(right, wrong), EXAMPLE));

        assertThat(problems).startsWith("examples/one.yaml:").contains(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a field | ${body[Subject]}\"}}} | ${body[Subjekt]}\"}}} | where:    ${body[Subjekt]} is empty:"
                        + " the thread has no field `Subjekt`; did you mean `Subject`?",
                "its step | ${body[Subject]}\"}}} | ${body[Subjekt]}\"}}} | set at:   mine.camel.yaml:24: setVariable",
                "a filter | ~~ 'group booking' | == 'group booking' | where:    ${body[Subject]} is 'A group booking'",
                "no removal | removeHeaders: {pattern: \"*\"} | removeHeader: {name: X} | `ThreadpostKey` comes from"
                        + " spool:crm, and no step removes it",
                "a removal | name: X-Channel, expression: {constant: {expression: \"of threads\"}}"
                        + " | name: X-Channel, expression: {simple: {expression: \"${header.ThreadpostKey}\"}}"
                        + " | the header `ThreadpostKey` is removed at mine.camel.yaml:23: removeHeaders[*]",
                "a lost body | - process: {ref: jsonBody} | - setBody: {constant: {expression: \"\"}}"
                        + " | body:     made at mine.camel.yaml:25: setBody[constant{}]",
                "a variable | name: title | name: titel | no step sets the variable `title`; did you mean `titel`?"
                        + " It is set at mine.camel.yaml:24",
                "a wire tap | [{to: {uri: \"spool:crm\"}}] | [{wireTap: {uri: \"spool:cmr\"}}]"
                        + " | sent at:  mine.camel.yaml:9: wireTap",
                "no other filter | uri: \"spool:crm\"}}] | uri: \"spool:cmr\"}}] | no step that ran, and none behind",
            })
    void culpritIsNamedWithItsLine(String name, String right, String wrong, String message) throws Exception {
        assertThat(ROUTES).contains(right);
        String problems = String.join("\n", problems(ROUTES.replace(right, wrong), EXAMPLE));

        assertThat(problems).contains(message);
    }

    @Test
    void filtersThatLeadElsewhereAreNotReported() throws Exception {
        String elsewhere =
                """
                        - filter:
                            expression: {simple: {expression: "${body[Subject]} ~~ 'elsewhere'"}}
                            steps: [{to: {uri: "spool:other"}}]
                        - choice:
                            when:
                              - expression: {simple: {expression: "${body[Subject]} ~~ 'group'"}}
                                steps: [{to: {uri: "direct:inner"}}]
                - route:
                    id: inner
                    description: A test.
                    from:
                      uri: direct:inner
                      steps:
                        - filter:
                            expression: {simple: {expression: "${body[Subject]} ~~ 'grp'"}}
                            steps: [{to: {uri: "spool:crm"}}]
                """;
        String route = ROUTES.substring(0, ROUTES.indexOf("        - filter:"))
                + elsewhere
                + ROUTES.substring(ROUTES.indexOf("- route:\n    id: to-files"));

        assertThat(String.join("\n", problems(route, EXAMPLE)))
                .contains("stopped:  mine.camel.yaml:21: filter[simple{${body[Subject]} ~~ 'grp'}] is false")
                .doesNotContain("elsewhere");
    }

    @Test
    void misspeltNamesInAnExampleAreErrors() throws Exception {
        assertThat(problems(ROUTES, EXAMPLE.replace("spools:", "spool:")))
                .containsExactly("examples/one.yaml:6: unknown `spool` in `expect`; did you mean `spools`?");
        assertThat(problems(ROUTES, EXAMPLE.replace("method:", "methd:")))
                .containsExactly("examples/one.yaml:12: unknown `methd` in `requests`; did you mean `method`?");
        assertThat(problems(ROUTES, EXAMPLE.replace("Subject:", "Subjct:")))
                .containsExactly("examples/one.yaml:3: a thread has no field `Subjct`; did you mean `Subject`?");
    }

    @Test
    void reportForCiHasEachExample() {
        String xml = new JUnitReport(List.of(
                        new ExampleRun.Outcome("a.yaml", "", List.of(), 12),
                        new ExampleRun.Outcome("b.yaml", "", List.of("examples/b.yaml:3: x < y\n    got: \"z\""), 3)))
                .xml();

        assertThat(xml)
                .contains("tests=\"2\" failures=\"1\"")
                .contains("<testcase classname=\"examples\" name=\"a.yaml\" time=\"0.012\"/>")
                .contains("message=\"examples/b.yaml:3: x &lt; y\"");
    }

    @Test
    void reportForCiCanBeWrittenWhereATextIsCutInTheMiddleOfALetter() {
        String xml = new JUnitReport(
                        List.of(new ExampleRun.Outcome("a.yaml", "", List.of("a \ud83d… \ud83d\ude00"), 1)))
                .xml();

        assertThat(xml).contains("message=\"a ?… \ud83d\ude00\"");
    }

    @Test
    void everyNameOfAnExampleIsInTheSchemaAndInTheDocs() throws Exception {
        String schema = Files.readString(Path.of("src/main/resources/schema/threadpost-example.json"));
        String docs = Files.readString(Path.of("docs/write-routes/preview.md"));
        Stream.concat(
                        ExpectationKeys.EFFECTS.keySet().stream(),
                        ExpectationKeys.EFFECTS.values().stream().flatMap(effects -> effects.fields().stream()))
                .forEach(name -> {
                    assertThat(schema).contains("\"" + name + "\"");
                    assertThat(docs).contains("`" + name + "`");
                });
    }
}
