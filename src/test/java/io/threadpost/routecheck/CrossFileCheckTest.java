package io.threadpost.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** What only shows when files are looked at together. */
class CrossFileCheckTest {
    private final RouteLinter checks = new RouteLinter(TestRouteContext.usual());

    @Test
    void routeThatStandsTwiceIsSaidAtTheSecondPlace() {
        assertThat(together(route("a", "direct:a", "- stop: {}"), route("a", "direct:b", "- stop: {}")))
                .containsExactly(
                        "2.camel.yaml:2:9: error: the route `a` is also defined in 1.camel.yaml:2; rename one of them");
        assertThat(together(route("a", "direct:a", "- stop: {}") + route("a", "direct:b", "- stop: {}")))
                .containsExactly(
                        "1.camel.yaml:9:9: error: the route `a` is also defined in 1.camel.yaml:2; rename one of them");
    }

    @Test
    void stepIdThatStandsTwiceIsAnError() {
        assertThat(together(route("a", "direct:a", "- log: {id: s, message: a}\n- log: {id: s, message: a}")))
                .containsExactly(
                        "1.camel.yaml:8:21: error: the step `s` is also defined in 1.camel.yaml:7; rename one of them");
    }

    @Test
    void whatARouteOfATemplateTakesFromIsNoFinding() {
        assertThat(together(
                        """
                        - routeTemplate:
                            id: drain
                            parameters:
                              - name: spool
                            from:
                              uri: spool:{{spool}}
                              steps:
                                - stop: {}
                        """,
                        """
                        - templatedRoute:
                            routeId: to-log
                            routeTemplateRef: drain
                            parameters:
                              - name: spool
                                value: log
                        """,
                        route("a", "direct:a", "- to: spool:log\n- to: seda:log\n- to: spool:nobody")))
                .containsExactly(
                        "3.camel.yaml:8:15: warning: no route consumes `seda:log`; add a route with `from: "
                                + "seda:…`, or correct the name",
                        "3.camel.yaml:9:15: warning: no route consumes `spool:nobody`; add a route with `from: "
                                + "spool:…`, or correct the name");
    }

    @Test
    void namesThatNobodyTakesFromAreWarnings() {
        assertThat(together(
                        route(
                                "a",
                                "spool:files",
                                "- to: direct:bb\n- to: direct:get-threads\n- to: spool:log\n"
                                        + "- to: direct:add-messages\n- to: direct:get-messages"),
                        route(
                                "b",
                                "direct:b",
                                "- to: spool:fils\n- to: 'seda:x?size=5'\n- toD: 'direct:${exchangeProperty.x}'")))
                .containsExactly(
                        "1.camel.yaml:7:15: warning: no route consumes `direct:bb`; did you mean `direct:b`?",
                        "1.camel.yaml:9:15: warning: no route consumes `spool:log`; add a route with `from: "
                                + "spool:…`, or correct the name",
                        "2.camel.yaml:7:15: warning: no route consumes `spool:fils`; did you mean `spool:files`?",
                        "2.camel.yaml:8:15: warning: no route consumes `seda:x`; add a route with `from: seda:…`, "
                                + "or correct the name");
    }

    @Test
    void spoolBetweenShippedRoutesIsNotSuggested() {
        assertThat(together(
                        route("a", "spool:digest-mails", "- stop: {}"),
                        route("b", "direct:b", "- to: spool:digest-mail")))
                .containsExactly("2.camel.yaml:7:15: warning: no route consumes `spool:digest-mail`; add a route with "
                        + "`from: spool:…`, or correct the name");
    }

    @Test
    void twoRoutesOnOneEndpointAreRefusedAsCamelDoes() {
        assertThat(together(
                        route("a", "direct:a", "- stop: {}"),
                        route("b", "direct:a?bridgeErrorHandler=true", "- stop: {}")))
                .containsExactly(
                        "2.camel.yaml:5:12: error: another route already consumes `direct:a`, in 1.camel.yaml:5;"
                                + " keep one of them, or rename one");
        assertThat(together(route("a", "spool:a", "- stop: {}"), route("b", "spool:a", "- stop: {}")))
                .singleElement()
                .asString()
                .startsWith("2.camel.yaml:5:12: error: another route already consumes `spool:a`");
        assertThat(together(route("a", "spool:a", "- stop: {}"), route("b", "spool:a?batch=5", "- stop: {}")))
                .containsExactly("2.camel.yaml:5:12: warning: another route also consumes `spool:a`, in 1.camel.yaml:5;"
                        + " each item goes to one of them only: keep one");
        assertThat(together(route("a", "timer:a", "- stop: {}"), route("b", "timer:a", "- stop: {}")))
                .isEmpty();
        assertThat(together(
                        route("a", "seda:a?multipleConsumers=true", "- stop: {}"),
                        route("b", "seda:a?multipleConsumers=true", "- stop: {}")))
                .isEmpty();
        assertThat(together(route("a", "direct:add-thread", "- stop: {}")))
                .singleElement()
                .asString()
                .contains("already consumes `direct:add-thread`, in Threadpost itself");
    }

    @Test
    void unknownStepsAreErrorsAndBeansOfAnyFileAreKnown() {
        String some = "correct or remove it";
        assertThat(together(route(
                        "a",
                        "direct:a",
                        "- process: {ref: writeFile}\n- process: {ref: routedThreads}\n"
                                + "- split: {simple: a, aggregationStrategy: mine, steps: [{stop: {}}]}\n"
                                + "- log: 'this ${bean:comitPage}'")))
                .containsExactly(
                        "1.camel.yaml:7:26: error: there is no step `writeFile`; did you mean `writeFiles`?",
                        "1.camel.yaml:8:26: error: there is no step `routedThreads`; " + some,
                        "1.camel.yaml:9:51: error: there is no aggregation strategy `mine`; write one of routedThreads",
                        "1.camel.yaml:10:16: error: there is no bean `comitPage`; did you mean `commitPage`?");
        assertThat(together(
                        route("a", "direct:a", "- process: {ref: '#bean:mine'}"),
                        "- beans: [{name: mine, type: java.util.HashMap}]\n"))
                .isEmpty();
    }

    @Test
    void templatesAndConfigurationsAreFoundInOtherFiles() {
        String template =
                """
                - routeTemplate:
                    id: to-one
                    parameters: [{name: target}]
                    route:
                      from: {uri: 'direct:{{target}}', steps: [{log: '{{target}}'}]}
                """;
        String use =
                "- templatedRoute: {routeId: one, routeTemplateRef: %s, parameters: [{name: target, value: one}]}\n";
        assertThat(together(template, use.formatted("to-one"))).isEmpty();
        assertThat(together(template, use.formatted("to-on")))
                .containsExactly(
                        "2.camel.yaml:1:52: error: there is no route template `to-on`; did you mean `to-one`?");
        assertThat(together("- route: {id: a, description: A., routeConfigurationId: calm, from: {uri: "
                        + "'timer:a', steps: [{stop: {}}]}}\n"))
                .containsExactly(
                        "1.camel.yaml:1:57: warning: there is no route configuration `calm`; correct or remove it");
        assertThat(together(
                        "- route: {id: a, description: A., routeConfigurationId: calm, from: {uri: 'timer:a', "
                                + "steps: [{stop: {}}]}}\n",
                        "- routeConfiguration: {id: calm, errorHandler: {noErrorHandler: {}}}\n"))
                .isEmpty();
    }

    @Test
    void aWayThatLeadsBackIsRefusedAlsoOverFiles() {
        assertThat(together(route("a", "direct:a", "- to: direct:b"), route("b", "direct:b", "- to: direct:a")))
                .containsExactly(
                        "1.camel.yaml:7:15: error: `direct:b` leads back to this route in an endless circle; send "
                                + "it elsewhere",
                        "2.camel.yaml:7:15: error: `direct:a` leads back to this route in an endless circle; send "
                                + "it elsewhere");
        assertThat(together(route("a", "direct:a", "- to: direct:b"), route("b", "direct:b", "- stop: {}")))
                .isEmpty();
    }

    @Test
    void aBeanDoesNotTakeTheNameOfAStep() {
        assertThat(together("- beans: [{name: writeFiles, type: java.util.HashMap}]\n"))
                .containsExactly(
                        "1.camel.yaml:1:18: error: the bean `writeFiles` is also defined in Threadpost itself; "
                                + "rename one of them");
    }

    @Test
    void aTemplateGetsAllThatItNeedsAndNothingElse() {
        String template =
                """
                - routeTemplate:
                    id: to-one
                    parameters: [{name: target}, {name: level, defaultValue: INFO}, {name: note, required: false}]
                    route:
                      from: {uri: 'direct:{{target}}', steps: [{log: '{{level}}'}]}
                """;
        assertThat(together(
                        template,
                        "- templatedRoute: {routeTemplateRef: to-one, parameters: [{name: taget, value: a}]}\n"))
                .containsExactly(
                        "2.camel.yaml:1:38: error: the parameter `target` of `to-one` is missing; write it below "
                                + "`parameters`",
                        "2.camel.yaml:1:66: error: the route template `to-one` has no parameter `taget`; did you "
                                + "mean `target`?");
    }

    @Test
    void outlineSaysWhatAFileBringsAndUses() {
        FileOutline fileOutline = checks.check(new RouteSource(
                        "a.camel.yaml",
                        route(
                                "a",
                                "spool:x?batch=5",
                                "- to: {id: s, uri: 'seda://{{my.name:y}}'}\n- wireTap: direct:z")))
                .outline();

        assertThat(fileOutline.routes()).containsExactly(new FileOutline.Name("a", 2, 9));
        assertThat(fileOutline.from()).containsExactly(new FileOutline.Name("spool:x", 5, 12));
        assertThat(fileOutline.to())
                .containsExactly(new FileOutline.Name("seda:y", 7, 28), new FileOutline.Name("direct:z", 8, 20));
        assertThat(fileOutline.steps()).containsExactly(new FileOutline.Name("s", 7, 20));
        assertThat(fileOutline.words()).extracting(FileOutline.Name::name).contains("spool:x?batch=5", "direct:z");
        assertThat(fileOutline.keys()).extracting(FileOutline.Name::name).contains("wireTap");
    }

    @Test
    void kameletIsChecked() {
        String kamelet =
                """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: shout
                spec:
                  definition:
                    properties:
                      word: {type: string}
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - setBody: {simple: '{{word}} {{wrod.x}} ${body}'}
                        - tooo: kamelet:sink
                """;
        CheckedFile checkedFile = checks.check(new RouteSource("shout.kamelet.yaml", kamelet));

        assertThat(checkedFile.outline().kamelets()).containsExactly(new FileOutline.Name("shout", 4, 9));
        assertThat(checkedFile.findings().stream()
                        .map(RouteFinding::text)
                        .filter(text -> !text.contains("component `kamelet`")))
                .containsExactly(
                        "shout.kamelet.yaml:13:39: error: unknown setting `wrod.x`; set it in "
                                + "application.properties, or correct it",
                        "shout.kamelet.yaml:14:11: error: unknown `tooo`; did you mean `to`?");
    }

    @Test
    void whatATemplateIsGivenHasToFitWhereItIsUsed() {
        assertThat(
                        together(
                                """
                        - routeTemplate:
                            id: digest
                            parameters:
                              - name: spool
                              - name: to
                              - name: cron
                                defaultValue: 0 0 7 * * ?
                            route:
                              description: A digest.
                              from:
                                uri: spool:{{spool}}
                                parameters:
                                  cron: "{{cron}}"
                                steps:
                                  - to:
                                      uri: digest:{{spool}}
                                      parameters:
                                        to: "{{to}}"
                                  - to: spool:digest-fine
                        """,
                                """
                        - templatedRoute:
                            routeId: sales
                            routeTemplateRef: digest
                            parameters:
                              - name: spool
                                value: digest-sales
                              - name: to
                                value: sales@hotel.example; owner
                              - name: cron
                                value: every day
                        - templatedRoute:
                            routeId: fine
                            routeTemplateRef: digest
                            parameters:
                              - name: spool
                                value: digest-fine
                              - name: to
                                value: "{{threadpost.digest.to:}}"
                        """))
                .satisfiesExactly(
                        to -> assertThat(to)
                                .startsWith("2.camel.yaml:8:16: error: `sales@hotel.example; owner` is not a mail "
                                        + "address; write one like"),
                        cron -> assertThat(cron)
                                .startsWith("2.camel.yaml:10:16: error: `every day` is not a cron expression")
                                .endsWith("; write one like 0 0 7 * * ?"));
    }

    private List<String> together(String... texts) {
        List<CheckedFile> files = new ArrayList<>();
        for (String text : texts) {
            files.add(checks.check(new RouteSource(files.size() + 1 + ".camel.yaml", text)));
        }
        assertThat(files).allSatisfy(file -> assertThat(file.findings()).isEmpty());
        return checks.checkTogether(files).stream().map(RouteFinding::text).toList();
    }

    private static String route(String id, String from, String steps) {
        return """
                - route:
                    id: %s
                    description: A route.
                    from:
                      uri: %s
                      steps:
                """
                        .formatted(id, from)
                + steps.indent(8);
    }
}
