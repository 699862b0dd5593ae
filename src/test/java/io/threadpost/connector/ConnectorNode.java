package io.threadpost.connector;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;

import io.threadpost.ledger.Ledger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.testing.TestNode;

/**
 * One process that calls the platform: the connector's routes in a plain Camel context, over a real ledger and real
 * HTTP.
 */
final class ConnectorNode extends TestNode {
    /** Every thread of 2026's first days. */
    static final Map<String, Object> PAGE = Map.of(
            "UpdatedUtc", Map.of("StartUtc", "2026-01-01T00:00:00Z", "EndUtc", "2026-01-05T00:00:00Z"),
            "Limitation", Map.of("Count", 10));

    private final ProducerTemplate producer;

    /** @param overrides settings besides the address and tokens */
    ConnectorNode(Ledger ledger, URI platform, Map<String, String> overrides) throws Exception {
        super(
                ledger,
                Map.of(
                        "threadpost.connector.address", platform.toString(),
                        "threadpost.connector.client-token", SandboxOptions.CLIENT_TOKEN,
                        "threadpost.connections.main.access-token", SandboxOptions.ACCESS_TOKEN),
                overrides);
        camel.getShutdownStrategy().setTimeout(1);
        addAll("network", "connector");
        camel.start();
        producer = camel.createProducerTemplate();
    }

    /** @return the ids of the connector's routes */
    List<String> routeIds() {
        return camel.getRoutes().stream().map(Route::getId).toList();
    }

    PlatformClient client() {
        return get(PlatformClient.class);
    }

    /** @return the exchange as its caller gets it back */
    Exchange call(String route, Consumer<Exchange> prepare) {
        return producer.request("direct:" + route, prepare::accept);
    }

    /** @return the exchange as the caller of a plain getAll gets it back */
    Exchange getAll() {
        return call("get-threads", exchange -> exchange.getMessage().setBody(PAGE));
    }

    /** Asks with a priority. */
    Exchange getAll(Priority priority) {
        return call("get-threads", exchange -> {
            exchange.setProperty(ConnectorConstants.PRIORITY, priority);
            exchange.getMessage().setBody(PAGE);
        });
    }

    /** Asks for a connection. */
    Exchange getAll(String connection) {
        return call("get-threads", exchange -> {
            exchange.getMessage().setHeader("ThreadpostConnection", connection);
            exchange.getMessage().setBody(PAGE);
        });
    }

    /**
     * A route of an engineer's own posts to that address.
     *
     * @return the exchange as it came back
     */
    Exchange post(URI address, Object body) throws Exception {
        return post(address, "", body);
    }

    /**
     * The same.
     *
     * @param options of the endpoint, each with an {@code &} before it
     */
    Exchange post(URI address, String options, Object body) throws Exception {
        if (camel.getRoute("post") == null) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:post")
                            .routeId("post")
                            .noStreamCaching()
                            .errorHandler(noErrorHandler())
                            .to(address + "/target?httpMethod=POST" + options);
                }
            });
        }
        return call("post", exchange -> exchange.getMessage().setBody(body));
    }

    /** @return what a call failed in */
    static ConnectorException failure(Exchange exchange) {
        Exception failure = exchange.getException();
        if (failure instanceof ConnectorException known) {
            return known;
        }
        throw new AssertionError("no failure of the connector, but " + failure, failure);
    }

    /** @return the threads a call got */
    static List<MessageThread> threads(Exchange exchange) {
        if (exchange.getException() != null) {
            throw new AssertionError("a call failed", exchange.getException());
        }
        return exchange.getMessage().getBody(ThreadPage.class).threads();
    }
}
