package io.threadpost.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.json.RawJson;
import io.threadpost.routecheck.RouteSource;

/** A preview runs each kind of step as a running installation does, and nothing leaves the process. */
class PreviewTest {
    private static final String THREAD =
            """
            {"Id":"a1","OriginalSender":"anna@agency.example","Subject":"An invoice",\
            "UpdatedUtc":"2026-11-22T10:00:00Z"}""";

    @TempDir
    Path home;

    private Preview.Result run(String routes, ServiceAnswer... answers) throws Exception {
        return run(routes, List.of(THREAD), answers);
    }

    private Preview.Result run(String routes, List<String> threads, ServiceAnswer... answers) throws Exception {
        try (PreviewFolder folder =
                new PreviewFolder(home, List.of(new RouteSource("mine.camel.yaml", routes)), "prod")) {
            List<RawJson> given = threads.stream()
                    .map(thread -> new RawJson(thread.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            return folder.with(Map.of("crm.address", "https://crm.example/in", "crm.token", "s3cret-of-the-crm"))
                    .run(Given.threads(given, null, List.of(answers)));
        }
    }

    /** @return the spools in the order in which something was sent to them */
    private static List<String> spools(Preview.Result result) {
        List<String> spools = new ArrayList<>();
        result.passages().forEach(passage -> passage.sent().forEach(sent -> spools.add(sent.spool())));
        return spools;
    }

    private static List<Passage.Effect> effects(Preview.Result result) {
        return result.passages().stream()
                .flatMap(passage -> passage.effects().stream())
                .toList();
    }

    private static String route(String steps) {
        return "- route:\n    id: route-thread\n    description: A test.\n    from:\n      uri: direct:route-thread\n"
                + "      steps:\n" + steps.indent(8);
    }

    @Test
    void filterThatSaysNoIsNamedWithItsLine() throws Exception {
        Preview.Result result = run(
                route(
                        """
                - filter:
                    expression: {simple: {expression: "${body[Subject]} ~~ 'group'"}}
                    steps: [{to: {uri: "spool:one"}}]
                - to: {uri: "spool:two"}
                """));

        assertThat(spools(result)).containsExactly("two");
        assertThat(result.passages().get(0).steps())
                .filteredOn(step -> step.name().equals("filter"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.file()).isEqualTo("mine.camel.yaml");
                    assertThat(step.line()).isEqualTo(7);
                    assertThat(step.result()).isEqualTo("no");
                });
        assertThat(result.spools()).containsEntry("two", "no route reads it, so its items wait");
    }

    @Test
    void requestIsWhatCamelWouldSend() throws Exception {
        Preview.Result result = run(
                route("- to: {uri: \"spool:crm\"}")
                        + """
                - route:
                    id: to-crm
                    description: A test.
                    from:
                      uri: spool:crm
                      steps:
                        - removeHeaders: {pattern: "*"}
                        - setHeader: {name: Authorization, expression: {constant: {expression: "Bearer {{crm.token}}"}}}
                        - setHeader: {name: CamelHttpPath, expression: {simple: {expression: "a/${body[Id]}"}}}
                        - to:
                            uri: "{{crm.address}}"
                            parameters: {httpMethod: PUT}
                        - setHeader: {name: Ok, expression: {jsonpath: {expression: "$.ok"}}}
                        - log: {message: "got ${header.Ok} in ${body}"}
                """,
                new ServiceAnswer("https://crm.example/*", "PUT", 200, Map.of(), "{\"ok\":true}"));

        assertThat(effects(result)).extracting(Passage.Effect::kind).containsExactly("http", "log");
        Map<String, Object> request = effects(result).get(0).fields();
        assertThat(request)
                .containsEntry("method", "PUT")
                .containsEntry("url", "https://crm.example/in/a/a1")
                .containsEntry("body", THREAD);
        assertThat(request.get("headers").toString()).contains("Authorization").doesNotContain("s3cret-of-the-crm");
        assertThat(effects(result).get(1).fields()).containsEntry("text", "got true in {\"ok\":true}");
    }

    @Test
    void endpointsThatAreNotCachedSendNothingEither() throws Exception {
        Preview.Result result = run(
                route(
                        """
                - removeHeaders: {pattern: "*"}
                - toD:
                    uri: "http://127.0.0.1:1/in/${body[Id]}"
                    cacheSize: -1
                """));

        assertThat(result.passages().get(0).failure()).isEmpty();
        assertThat(effects(result)).extracting(Passage.Effect::kind).containsExactly("http");
    }

    @Test
    void answerThatFailsIsHandledByTheRouteOrTheSpool() throws Exception {
        String crm =
                """
                - route:
                    id: to-crm
                    description: A test.
                    from:
                      uri: spool:crm
                      steps:
                        - to: {uri: "{{crm.address}}"}
                """;
        ServiceAnswer busy = new ServiceAnswer("*", "", 503, Map.of(), "");

        Preview.Result plain = run(route("- to: {uri: \"spool:crm\"}") + crm, busy);
        assertThat(plain.passages().get(1).failure()).contains("503");
        assertThat(plain.passages().get(1).consequence()).contains("pauses");

        Preview.Result handled = run(
                """
                - routeConfiguration:
                    id: known
                    onException:
                      - onException:
                          exception: [org.apache.camel.http.base.HttpOperationFailedException]
                          handled: {constant: {expression: "true"}}
                          steps: [{to: {uri: "spool:failed"}}]
                """
                        + route("- to: {uri: \"spool:crm\"}")
                        + crm.replace("    from:", "    routeConfigurationId: known\n    from:"),
                busy);
        assertThat(handled.passages().get(1).failure()).isEmpty();
        assertThat(spools(handled)).containsExactly("crm", "failed");
    }

    @Test
    void failureOfRouteThreadSendsNothing() throws Exception {
        Preview.Result result = run(
                route(
                        """
                - to: {uri: "spool:one"}
                - throwException: {message: broken, exceptionType: java.lang.IllegalStateException}
                """));

        assertThat(spools(result)).isEmpty();
        assertThat(result.passages().get(0).failure()).contains("broken");
        assertThat(result.passages().get(0).consequence()).contains("unrouted");
    }

    @Test
    void wireTapsParallelBranchesSedaAndDelaysComeAtOnce() throws Exception {
        Preview.Result result = run(
                route(
                                """
                        - wireTap: {uri: "direct:tapped"}
                        - delay: {expression: {constant: {expression: "600000"}}}
                        - multicast:
                            parallelProcessing: true
                            steps: [{to: {uri: "spool:left"}}, {to: {uri: "spool:right"}}]
                        - to: {uri: "seda:behind"}
                        """)
                        + """
                - route:
                    id: tapped
                    description: A test.
                    from: {uri: "direct:tapped", steps: [{to: {uri: "spool:tap"}}]}
                - route:
                    id: behind
                    description: A test.
                    from: {uri: "seda:behind", steps: [{to: {uri: "spool:late"}}]}
                """);

        assertThat(spools(result)).containsExactlyInAnyOrder("tap", "left", "right", "late");
    }

    @Test
    void aggregationsCompleteAtTheEnd() throws Exception {
        Preview.Result result = run(
                route(
                                """
                        - aggregate:
                            correlationExpression: {constant: {expression: all}}
                            aggregationStrategy: joined
                            completionTimeout: "600000"
                            steps: [{to: {uri: "spool:joined"}}]
                        """)
                        + """
                        - beans:
                            - name: joined
                              type: org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy
                        """,
                List.of(THREAD, THREAD.replace("a1", "a2")));

        assertThat(spools(result)).containsExactly("joined");
    }

    @Test
    void groupsThatOnlyMoreMessagesCompleteAreShownAsIncomplete() throws Exception {
        Preview.Result result = run(
                route(
                                """
                        - aggregate:
                            correlationExpression: {constant: {expression: all}}
                            aggregationStrategy: joined
                            completionSize: 2
                            steps: [{to: {uri: "spool:joined"}}]
                        """)
                        + """
                        - beans:
                            - name: joined
                              type: org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy
                        """,
                List.of(THREAD, THREAD.replace("a1", "a2"), THREAD.replace("a1", "a3")));

        assertThat(spools(result)).containsExactly("joined");
        assertThat(effects(result)).singleElement().satisfies(effect -> assertThat(effect.kind())
                .isEqualTo("incomplete group"));
    }

    @Test
    void itemsOfABatchThatFailsComeOneByOne() throws Exception {
        Preview.Result result = run(
                route("- to: {uri: \"spool:list\"}")
                        + """
                - route:
                    id: list
                    description: A test.
                    from:
                      uri: spool:list
                      parameters: {batch: 10}
                      steps:
                        - split:
                            expression: {simple: {expression: "${body}"}}
                            steps:
                              - filter:
                                  expression: {simple: {expression: "${body[Id]} == 'a2'"}}
                                  steps:
                                    - throwException:
                                        {exceptionType: java.lang.IllegalArgumentException, message: bad}
                              - to: {uri: "spool:good"}
                """,
                List.of(THREAD, THREAD.replace("a1", "a2"), THREAD.replace("a1", "a3")));

        assertThat(spools(result)).filteredOn("good"::equals).hasSize(2);
        assertThat(result.passages())
                .filteredOn(passage -> passage.consequence().contains("dead"))
                .extracting(passage -> passage.keys().get(0))
                .containsExactly("a2@2026-11-22T10:00:00Z");
    }

    @Test
    void itemsThatFailInARowPauseTheSpool() throws Exception {
        Preview.Result result = run(
                route("- to: {uri: \"spool:one\"}")
                        + """
                - route:
                    id: one
                    description: A test.
                    from:
                      uri: spool:one
                      steps: [{throwException: {exceptionType: java.lang.IllegalArgumentException, message: bad}}]
                """,
                List.of(THREAD, THREAD.replace("a1", "a2"), THREAD.replace("a1", "a3")));

        assertThat(result.passages())
                .filteredOn(passage -> passage.from().equals("spool:one"))
                .hasSize(3)
                .allSatisfy(passage -> assertThat(passage.consequence()).startsWith("the spool pauses"));
    }

    @Test
    void choicesAndTemplatesRunAsWritten() throws Exception {
        Preview.Result result = run(
                route(
                                """
                        - choice:
                            when:
                              - expression: {simple: {expression: "${body[OriginalSender]} endsWith '@agency.example'"}}
                                steps: [{to: {uri: "spool:agency"}}]
                            otherwise:
                              steps: [{to: {uri: "spool:others"}}]
                        - setVariable: {name: Subject, expression: {simple: {expression: "x: ${body[Subject]}"}}}
                        - process: {ref: setFields}
                        - to: {uri: "spool:changed"}
                        """)
                        + """
                - routeTemplate:
                    id: logged
                    description: A test.
                    parameters: [{name: spool}]
                    from: {uri: "spool:{{spool}}", steps: [{log: {message: "${body[Subject]}"}}]}
                - templatedRoute:
                    routeId: logs-agency
                    routeTemplateRef: logged
                    parameters: [{name: spool, value: agency}]
                - templatedRoute:
                    routeId: logs-changed
                    routeTemplateRef: logged
                    parameters: [{name: spool, value: changed}]
                """);

        assertThat(spools(result)).containsExactly("agency", "changed");
        assertThat(effects(result))
                .extracting(effect -> effect.fields().get("text"))
                .containsExactly("An invoice", "x: An invoice");
    }

    @Test
    void effectsAreShownAndNotDone() throws Exception {
        Path out = home.resolve("out");
        Preview.Result result = run(route("- to: {uri: \"spool:disk\"}")
                + """
                - route:
                    id: to-disk
                    description: A test.
                    from:
                      uri: spool:disk
                      steps:
                        - to: {uri: "file:OUT", parameters: {fileName: "${header.ThreadpostConnection}.json"}}
                        - to: {uri: "log:done"}
                """
                        .replace("OUT", out.toString()));

        assertThat(effects(result)).extracting(Passage.Effect::kind).containsExactly("file", "log");
        assertThat(effects(result).get(0).fields())
                .containsEntry("path", out + "/main.json")
                .containsEntry("content", THREAD);
        try (var files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {setHeader: {name: CamelFileName, constant: ../x}} | file:out | is jailed to the starting directory
                    {setBody: {simple: "${null}"}} | file:out | Cannot write null body to file: out/
                    {setBody: {jsonpath: $.*}} | file:out | Cannot store file: out/
                    {setHeader: {name: a b, constant: x}} | amqp:queue:x | Identifier contains invalid JMS identifier
                    {setBody: {jsonpath: $.*}} | amqp:queue:x | JMS ObjectMessage is disabled by default
                    {removeHeaders: {pattern: "*"}} | smtp:mail.example | does not have any recipients
                    """)
    void whatCamelRefusesFailsInAPreview(String step, String target, String words) throws Exception {
        Preview.Result result = run(route("- " + step + "\n- to: {uri: \"" + target + "\"}"));

        assertThat(result.passages().get(0).failure()).contains(words);
        assertThat(effects(result)).isEmpty();
    }

    @Test
    void filesAreNamedAsByCamel() throws Exception {
        Preview.Result result = run(
                route(
                        """
                - setHeader: {name: CamelFileName, constant: a/b.txt}
                - to: {uri: "file:out", parameters: {flatten: true, doneFileName: "${file:name}.done"}}
                - to: {uri: "file:out", parameters: {fileName: "${header.ThreadpostConnection}.txt", fileExist: Append}}
                - setBody: {simple: {expression: "${header.CamelFileNameProduced}"}}
                - to: {uri: "file:out", parameters: {fileName: main.txt, fileExist: Ignore}}
                """));

        assertThat(effects(result))
                .extracting(effect -> effect.fields().get("path"))
                .containsExactly("out/b.txt", "out/b.txt.done", "out/main.txt");
    }

    @Test
    void fieldOfATextOrAListIsRefusedInWords() throws Exception {
        Preview.Result text = run(
                route(
                        """
                - setBody: {simple: {expression: "${body[Id]}"}}
                - setHeader: {name: Subject, expression: {simple: {expression: "${body[Subject]}"}}}
                """));
        Preview.Result list = run(
                route(
                                """
                - split:
                    expression: {simple: {expression: "${body}"}}
                    aggregationStrategy: all
                    steps: [{log: {message: one}}]
                - filter:
                    expression: {simple: {expression: "${body[Subject]} == 'x'"}}
                    steps: [{to: {uri: "spool:one"}}]
                """)
                        + """
                - beans:
                    - {name: all, type: org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy}
                """);

        assertThat(text.passages().get(0).failure())
                .isEqualTo("`[Subject]` reads a field of a text, which has none: an earlier step replaced the body;"
                        + " read the field before that step, for example into a variable");
        assertThat(list.passages().get(0).failure())
                .isEqualTo("`[Subject]` reads a field of a list: split the list, and read the field of each item");
    }

    @Test
    void replyIsAddressedAndNamesTheMailAsInAnInstallation() throws Exception {
        assertThat(
                        problemsOfReply(
                                "Anna <Anna@Example.COM>",
                                """
                  mails:
                    - to: anna@example.com
                      headers: {In-Reply-To: <2@example.com>, References: <1@hotel.example> <2@example.com>}
                """))
                .isEmpty();
        assertThat(problemsOfReply("Anna", "  failure: {contains: no mail can be sent}\n"))
                .isEmpty();
    }

    private List<String> problemsOfReply(String from, String expected) throws Exception {
        String example =
                """
                given:
                  mail: |
                    From: %s
                    Subject: Late arrival
                    Message-ID: 2@example.com
                    References: <1@hotel.example>

                    A question.
                  item: {spool: replies, body: {Text: An answer.}}
                  settings:
                    threadpost.smtp.host: smtp.hotel.example
                    threadpost.replies.from: reception@hotel.example
                expect:
                """
                        .formatted(from);
        try (PreviewFolder folder = new PreviewFolder(home, Path.of("routes"), "prod")) {
            return new ExampleRun(folder)
                    .run(Path.of("examples"), "one.yaml", example + expected)
                    .problems();
        }
    }

    @Test
    void secretOfTheFolderIsFoundInARouteAlsoWhereAnExampleReplacesIt() throws Exception {
        String key = "threadpost.connector.client-token";
        Files.writeString(home.resolve("application.properties"), key + "=s3cret-of-the-hotel\n");
        String route = route("- setBody: {constant: {expression: \"s3cret-of-the-hotel\"}}");

        try (PreviewFolder folder =
                new PreviewFolder(home, List.of(new RouteSource("mine.camel.yaml", route)), "prod")) {
            assertThatThrownBy(() -> folder.with(Map.of(key, "another-one-for-the-test")))
                    .isInstanceOf(UnloadableRoutes.class)
                    .hasMessageContaining("a secret is written into the file");
        }
    }

    @Test
    void brokenFilesAreReportedAsCheckDoes() {
        assertThatThrownBy(() -> run(route("- to: {url: \"spool:one\"}")))
                .isInstanceOf(UnloadableRoutes.class)
                .hasMessageContaining("mine.camel.yaml:7:")
                .hasMessageContaining("did you mean `uri`?");
    }
}
