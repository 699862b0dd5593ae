package io.threadpost.routemonitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.threadpost.json.RawJson;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.steptrace.StepRecorder;
import io.threadpost.steptrace.StepTrace;

/** Counts of routes are those of exchanges that passed, and a trace is what one exchange did, for a minute. */
class RouteMonitorTest {
    private static final String ROUTES =
            """
            - route:
                id: outer
                from:
                  uri: direct:outer
                  steps:
                    - filter:
                        expression:
                          simple:
                            expression: ${body[Subject]} contains 'group'
                        steps:
                          - setHeader:
                              name: group
                              expression:
                                constant:
                                  expression: yes
                    - to:
                        uri: direct:inner
            - route:
                id: inner
                from:
                  uri: direct:inner
                  steps:
                    - process:
                        ref: sending
                    - filter:
                        expression:
                          simple:
                            expression: ${body[Subject]} contains 'fail'
                        steps:
                          - throwException:
                              exceptionType: java.lang.IllegalStateException
                              message: refused guest@mail.example
            """;

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final RouteTraces traces = new RouteTraces(nanoTime::get);
    private final RouteCounters counters = new RouteCounters(traces);
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        camel.getRegistry().bind("sending", (org.apache.camel.Processor) exchange -> StepTrace.sent(exchange, "files"));
        new StepRecorder().configure(camel);
        counters.configure(camel);
        camel.start();
        load();
    }

    private void load() throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("shown.camel.yaml", ROUTES));
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
    }

    private Exchange send(String subject) {
        Exchange exchange = new DefaultExchange(camel);
        return send(exchange, subject);
    }

    private Exchange send(Exchange exchange, String subject) {
        exchange.getMessage().setHeader(SpoolConstants.KEY, "key of " + subject);
        exchange.getMessage()
                .setBody(new RawJson(("{\"Subject\":\"" + subject + "\"}").getBytes(StandardCharsets.UTF_8)));
        return camel.createProducerTemplate().send("direct:outer", exchange);
    }

    @Test
    void everyRouteCountsWhatPassedItAndWhatFailedInIt() {
        send("group");
        send("fail");
        Exchange last = send("other");

        RouteCounters.Counts outer = counters.of("outer");
        assertThat(outer.exchanges()).isEqualTo(3);
        assertThat(outer.failures()).isEqualTo(1);
        assertThat(outer.lastFailure()).isEqualTo("refused guest@mail.example");
        assertThat(outer.nanos()).isGreaterThanOrEqualTo(outer.lastNanos()).isPositive();
        assertThat(outer.lastAt()).isPositive();
        assertThat(counters.of("inner").exchanges()).isEqualTo(3);
        assertThat(counters.of("nobody").exchanges()).isZero();
        assertThat(StepTrace.of(last)).isNull();
    }

    @Test
    void anEditedRouteBeginsAnew() throws Exception {
        send("group");
        for (String route : new String[] {"outer", "inner"}) {
            camel.getRouteController().stopRoute(route);
            camel.removeRoute(route);
        }
        assertThat(counters.of("outer").exchanges()).isZero();
        load();
        send("group");
        assertThat(counters.of("outer").exchanges()).isEqualTo(1);
    }

    @Test
    void aTraceShowsStepsSpoolsAndFailureOfEachExchangeAndNoBodyUnlessAsked() {
        traces.start("outer", 2, false);
        send("dropped, since only two are kept");
        send("group");
        send("fail");

        RouteTraces.Traced traced = traces.of("outer").orElseThrow();
        assertThat(traced.on()).isTrue();
        assertThat(traced.traces()).hasSize(2);
        RouteTraces.Trace failed = traced.traces().get(0);
        assertThat(failed.key()).isEqualTo("key of fail");
        assertThat(failed.failure()).isEqualTo("refused guest@mail.example");
        assertThat(failed.failed().kind()).isEqualTo("throwException");
        assertThat(failed.spools()).containsExactly("files");
        assertThat(failed.body()).isNull();
        assertThat(failed.size()).isEqualTo(18);
        assertThat(failed.path().visits().get(0).outcome().name()).isEqualTo("REJECTED");
        RouteTraces.Trace passed = traced.traces().get(1);
        assertThat(passed.failure()).isNull();
        assertThat(passed.path().steps())
                .extracting(step -> step.route() + ":" + step.line())
                .containsExactly("outer:6", "outer:11", "outer:16", "inner:23", "inner:25");
        assertThat(traces.of("inner")).isEmpty();
    }

    @Test
    void aTraceWithBodiesHoldsTwiceWhatIsShownOfThem() {
        traces.start("inner", 5, true);
        send("x".repeat(10_000));
        send("y".repeat(300_000));

        assertThat(traces.of("inner").orElseThrow().traces())
                .extracting(RouteTraces.Trace::body)
                .satisfiesExactly(body -> assertThat(body).isEqualTo("(longer than 256 kB)"), body -> assertThat(body)
                        .startsWith("{\"Subject\":\"xxx")
                        .hasSize(8000));
    }

    @Test
    void aTraceThatRunsAnywayMissesNothing() {
        traces.start("outer", 5, false);
        traces.start("inner", 5, false);
        Exchange exchange = new DefaultExchange(camel);
        StepTrace own = StepTrace.start(exchange);
        send(exchange, "fail");

        assertThat(StepTrace.of(exchange)).isSameAs(own);
        assertThat(own.path().steps()).hasSize(5);
        assertThat(own.failed().kind()).isEqualTo("throwException");
        assertThat(own.spools()).isEmpty();
        assertThat(traces.of("inner").orElseThrow().traces().get(0).path().steps())
                .hasSize(3);
        assertThat(traces.of("outer").orElseThrow().traces().get(0).path().steps())
                .hasSize(5);
    }

    @Test
    void aTraceEndsAfterAMinuteAndIsForgottenLater() {
        traces.start("outer", 5, false);
        send("group");
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(60));
        send("late");

        RouteTraces.Traced traced = traces.of("outer").orElseThrow();
        assertThat(traced.on()).isFalse();
        assertThat(traced.traces()).hasSize(1);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(601));
        assertThat(traces.of("outer")).isEmpty();
    }

    @Test
    void noMoreThanTwentyRoutesHaveTraces() {
        for (int i = 0; i < 25; i++) {
            nanoTime.incrementAndGet();
            traces.start("route-" + i, 1000, false);
        }
        assertThat(traces.of("route-4")).isEmpty();
        assertThat(traces.of("route-5")).isPresent();
        assertThat(traces.of("route-24")).isPresent();
    }
}
