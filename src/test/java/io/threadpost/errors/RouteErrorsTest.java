package io.threadpost.errors;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.ExpressionAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.retry.FailureReason;

/** Wherever in a route an {@code Error} is thrown, its exchange ends with it, and the next one passes. */
@Timeout(120)
class RouteErrorsTest {
    private static final String POISON = "poison";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<String> passed = new CopyOnWriteArrayList<>();
    private ProducerTemplate template;

    @BeforeEach
    void start() {
        new RouteErrors().install(camel);
        camel.getShutdownStrategy().setTimeout(2);
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    static Stream<Arguments> places() {
        Predicate fails = exchange -> poisoned(exchange);
        AggregationStrategy aggregation = (before, now) -> {
            poisoned(now);
            return now;
        };
        return Stream.of(
                place("a step", route -> route.process(failing())),
                place("a filter", route -> route.filter(fails)
                        .log(LoggingLevel.TRACE, "on")
                        .end()),
                place("a choice", route -> route.choice()
                        .when(fails)
                        .log(LoggingLevel.TRACE, "on")
                        .end()),
                place("an expression", route -> route.setBody(value(exchange -> poisoned(exchange) + ""))),
                place("a regular expression", route -> route.setProperty(
                                "long",
                                value(exchange -> exchange.getMessage()
                                                .getBody(String.class)
                                                .equals(POISON)
                                        ? "ab".repeat(200_000)
                                        : "c"))
                        .filter(exchange ->
                                exchange.getProperty("long", String.class).matches("(a|b)*c"))
                        .log(LoggingLevel.TRACE, "on")
                        .end()),
                place("the condition of a loop", route -> route.loopDoWhile(fails)
                        .log(LoggingLevel.TRACE, "on")
                        .end()),
                place(
                        "a step in a loop",
                        route -> route.loop(3).process(failing()).end()),
                place("a split", route -> route.split(value(exchange -> List.of("x", poisoned(exchange))))
                        .log(LoggingLevel.TRACE, "on")
                        .end()),
                place("a part of a split that stops", route -> route.split()
                        .body()
                        .stopOnException()
                        .process(failing())
                        .end()),
                place("an aggregation strategy", route -> route.split(value(RouteErrorsTest::parts), aggregation)
                        .log(LoggingLevel.TRACE, "on")
                        .end()),
                place("an aggregation strategy of parallel parts", route -> route.split(
                                value(RouteErrorsTest::parts), aggregation)
                        .parallelProcessing()
                        .log(LoggingLevel.TRACE, "on")
                        .end()),
                place("a part of a parallel split", route -> route.split(
                                value(RouteErrorsTest::parts), AggregationStrategies.useLatest())
                        .parallelProcessing()
                        .stopOnException()
                        .process(failing())
                        .end()),
                place("a multicast", route -> route.multicast()
                        .stopOnException()
                        .pipeline()
                        .process(failing())
                        .end()
                        .end()),
                place(
                        "a recipient list",
                        route -> route.recipientList(value(exchange -> poisoned(exchange) ? "" : "direct:fine"))),
                place(
                        "a dynamic router",
                        route -> route.dynamicRouter(value(exchange -> {
                            poisoned(exchange);
                            return exchange.getProperty(Exchange.SLIP_ENDPOINT) == null ? "direct:fine" : null;
                        }))),
                place("another thread", route -> route.threads(1).process(failing())),
                place("a route called", route -> route.to("direct:called")),
                place("a loop in a route called", route -> route.to("direct:called-loop")),
                place("a finally", route -> route.doTry()
                        .process(failing())
                        .doFinally()
                        .log(LoggingLevel.TRACE, "on")
                        .end()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void anErrorEndsItsExchangeAndTheNextOnePasses(String place, Consumer<RouteDefinition> steps) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:fine").log(LoggingLevel.TRACE, "on");
                from("direct:called").process(failing());
                from("direct:called-loop")
                        .loopDoWhile(exchange -> poisoned(exchange))
                        .log(LoggingLevel.TRACE, "on")
                        .end();
                RouteDefinition route = from("direct:in");
                steps.accept(route);
                from("direct:all").to("direct:in").process(exchange -> passed.add("end"));
            }
        });
        assertPasses();

        Exchange poison = send(POISON);

        assertThat(poison.getException()).as(place).isNotNull();
        assertThat(FailureReason.of(poison.getException())).matches("(StackOverflow|Assertion)Error: .*");
        assertPasses();
    }

    private void assertPasses() {
        passed.clear();
        Exchange good = send("good");
        assertThat(good.getException()).isNull();
        assertThat(passed).containsExactly("end");
    }

    private Exchange send(String body) {
        return template.send("direct:all", exchange -> exchange.getMessage().setBody(body));
    }

    @Test
    void aSplitThatGoesOnAfterFailuresEndsWithEachPart() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:all")
                        .split(body(), AggregationStrategies.useLatest())
                        .process(failing())
                        .process(exchange -> passed.add(exchange.getMessage().getBody(String.class)));
            }
        });

        template.send("direct:all", exchange -> exchange.getMessage().setBody(List.of("a", POISON, "b")));

        assertThat(passed).containsExactly("a", "b");
    }

    @Test
    void errorHandlersOfRoutesTakeErrors() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(AssertionError.class).handled(true).process(exchange -> passed.add("handled"));
                from("direct:all").process(failing());
                from("direct:tried")
                        .doTry()
                        .process(failing())
                        .doCatch(Exception.class)
                        .process(exchange -> passed.add("caught"))
                        .doFinally()
                        .process(exchange -> passed.add("finally"))
                        .end();
            }
        });

        assertThat(send(POISON).getException()).isNull();
        assertThat(template.send("direct:tried", exchange -> exchange.getMessage()
                                .setBody(POISON))
                        .getException())
                .isNull();

        assertThat(passed).containsExactly("handled", "caught", "finally");
    }

    @Test
    void whatGoesOnBesideItEndsToo() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:all")
                        .onCompletion()
                        .process(failing())
                        .end()
                        .wireTap("direct:tap")
                        .process(exchange -> passed.add("main"));
                from("direct:tap").process(failing());
            }
        });

        assertThat(send(POISON).getException()).isNull();
        assertThat(send("good").getException()).isNull();

        assertThat(passed).containsExactly("main", "main");
        await().until(() -> camel.getInflightRepository().size() == 0);
    }

    private static Processor failing() {
        return RouteErrorsTest::poisoned;
    }

    private static List<String> parts(Exchange exchange) {
        return List.of("a", exchange.getMessage().getBody(String.class), "b");
    }

    private static boolean poisoned(Exchange exchange) {
        if (POISON.equals(exchange.getMessage().getBody(String.class))) {
            throw new AssertionError("thrown for " + POISON);
        }
        return false;
    }

    private static Expression value(Function<Exchange, Object> function) {
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                return function.apply(exchange);
            }
        };
    }

    private static Arguments place(String name, Consumer<RouteDefinition> steps) {
        return Arguments.of(name, steps);
    }
}
