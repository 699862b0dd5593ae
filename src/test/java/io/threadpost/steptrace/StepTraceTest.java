package io.threadpost.steptrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.threadpost.errors.RouteErrors;
import io.threadpost.steptrace.StepPath.Outcome;

/** A trace names the steps that an exchange entered, with file and line, and the filter that said no. */
class StepTraceTest {
    private static final String ROUTES =
            """
            - route:
                id: first
                from:
                  uri: direct:first
                  steps:
                    - filter:
                        expression:
                          simple:
                            expression: ${body} contains 'a'
                        steps:
                          - to:
                              uri: direct:second
                    - choice:
                        when:
                          - expression:
                              simple:
                                expression: ${body} contains 'b'
                            steps:
                              - setHeader:
                                  name: taken
                                  expression:
                                    constant:
                                      expression: b
                          - expression:
                              simple:
                                expression: ${body} contains 'c'
                            steps:
                              - setHeader:
                                  name: taken
                                  expression:
                                    constant:
                                      expression: c
            - route:
                id: second
                from:
                  uri: direct:second
                  steps:
                    - loop:
                        expression:
                          constant:
                            expression: 3
                        steps:
                          - setHeader:
                              name: round
                              expression:
                                simple:
                                  expression: ${exchangeProperty.CamelLoopIndex}
            - route:
                id: failing
                from:
                  uri: direct:failing
                  steps:
                    - to:
                        uri: direct:inner
            - route:
                id: inner
                errorHandler:
                  noErrorHandler: {}
                from:
                  uri: direct:inner
                  steps:
                    - setBody:
                        expression:
                          constant:
                            expression: x
                    - throwException:
                        exceptionType: java.lang.IllegalStateException
                        message: no
            """;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        new RouteErrors().install(camel);
        new StepRecorder().configure(camel);
        camel.start();
        load(ROUTES);
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private void load(String routes) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("some.camel.yaml", routes));
    }

    private StepTrace send(String uri, String body) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        StepTrace trace = StepTrace.start(exchange);
        try (var template = camel.createProducerTemplate()) {
            template.send(uri, exchange);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return trace;
    }

    private static List<String> lines(StepTrace trace) {
        return trace.path().visits().stream()
                .map(visit -> visit.step().route() + " " + visit.step().kind() + ":"
                        + visit.step().line() + (visit.outcome() == Outcome.REJECTED ? " no" : "")
                        + (visit.branch() == null ? "" : " " + visit.branch()))
                .toList();
    }

    @Test
    void namesFiltersAndChoicesThatSaidNo() {
        StepTrace trace = send("direct:first", "nothing");
        assertThat(lines(trace)).containsExactly("first filter:6 no", "first choice:13 no");
        assertThat(trace.path().steps()).extracting(Step::file).containsOnly("some.camel.yaml");
        assertThat(trace.path().steps().get(0).label()).isEqualTo("filter[simple{${body} contains 'a'}]");
        assertThat(trace.failed()).isNull();
    }

    @Test
    void namesTheBranchOfAChoiceAndEachStepOfALoopOnce() {
        assertThat(lines(send("direct:first", "ac")))
                .containsExactly(
                        "first filter:6",
                        "first to:11",
                        "second loop:38",
                        "second setHeader:43",
                        "first choice:13 when[simple{${body} contains 'c'}]",
                        "first setHeader:28");
    }

    @Test
    void exchangesThatTookTheSameWayHaveTheSamePath() {
        StepPath path = send("direct:first", "ab").path();
        assertThat(send("direct:first", "b").path()).isNotSameAs(path);
        assertThat(send("direct:first", "ba").path()).isSameAs(path);
    }

    @Test
    void namesTheStepThatFailed() {
        StepTrace trace = send("direct:failing", "");
        assertThat(trace.failed()).isNotNull();
        assertThat(trace.failed().toString()).contains("throwException").contains("some.camel.yaml:66");
    }

    @Test
    void anEditedRouteHasItsOwnSteps() throws Exception {
        StepPath before = send("direct:first", "a").path();
        camel.getRouteController().stopRoute("second");
        camel.removeRoute("second");
        load(
                """
                - route:
                    id: second
                    from:
                      uri: direct:second
                      steps:
                        - filter:
                            expression:
                              simple:
                                expression: ${body} contains 'x'
                            steps:
                              - stop: {}
                """);
        assertThat(lines(send("direct:first", "a")))
                .containsExactly("first filter:6", "first to:11", "second filter:6 no", "first choice:13 no");
        assertThat(before.visits()).hasSize(5);
    }

    @Test
    void withoutATraceNothingIsRecorded() {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody("a");
        camel.createProducerTemplate().send("direct:first", exchange);
        assertThat(StepTrace.of(exchange)).isNull();
    }
}
