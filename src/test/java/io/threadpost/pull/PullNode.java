package io.threadpost.pull;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;

import io.threadpost.ledger.Ledger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.testing.TestNode;

/**
 * One process that pulls: the shipped {@code pull-threads} route on a plain Camel context, over a real ledger and real
 * HTTP. What reaches {@code spool:files} is taken out and kept in memory.
 */
final class PullNode extends TestNode {
    final Windows windows = get(Windows.class);
    final DedupeKeyPurge dedupeKeyPurge = get(DedupeKeyPurge.class);
    final PullStatus status = get(PullStatus.class);
    private final Queue<SpoolItem> delivered = new ConcurrentLinkedQueue<>();

    /** @param overrides settings besides the address and tokens */
    PullNode(Ledger ledger, URI platform, Map<String, String> overrides) throws Exception {
        super(
                ledger,
                Map.of(
                        "threadpost.connector.address", platform.toString(),
                        "threadpost.connector.client-token", SandboxOptions.CLIENT_TOKEN,
                        "threadpost.connections.main.access-token", SandboxOptions.ACCESS_TOKEN,
                        "threadpost.connector.limit.requests", "100000",
                        "threadpost.pull.period", "1s",
                        "threadpost.pull.settle", "0s",
                        "threadpost.pull.start", "P30D"),
                overrides);
        addAll("spool", "network", "connector", "pull");
        get(RouteThreadEdits.class).configure(camel);
    }

    /** Runs {@code pull-threads} with this as {@code direct:route-thread}. */
    PullNode start(RouteBuilder... routes) throws Exception {
        camel.start();
        for (RouteBuilder route : routes) {
            camel.addRoutes(route);
        }
        camel.addRoutes(route("spool:files", this::keep));
        loadShipped("pull-threads.camel.yaml");
        return this;
    }

    /** Everything to {@code spool:files}. */
    PullNode startToFiles() throws Exception {
        return start(routeThread("spool:files"));
    }

    static RouteBuilder routeThread(String... targets) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:route-thread").routeId("route-thread").to(targets);
            }
        };
    }

    static RouteBuilder route(String from, Processor step) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).errorHandler(noErrorHandler()).process(step);
            }
        };
    }

    private void keep(Exchange exchange) {
        Object enterprise = exchange.getMessage().getHeader(SpoolConstants.ENTERPRISE);
        delivered.add(new SpoolItem(
                exchange.getMessage().getHeader(SpoolConstants.KEY, String.class),
                exchange.getMessage().getHeader(SpoolConstants.CONNECTION, String.class),
                enterprise == null ? Map.of() : Map.of(SpoolConstants.ENTERPRISE, enterprise),
                exchange.getMessage().getBody()));
    }

    List<SpoolItem> delivered() {
        return List.copyOf(delivered);
    }

    /** @return "Id UpdatedUtc" of each thread delivered, in order of arrival */
    List<String> versions() {
        List<String> versions = new ArrayList<>();
        for (SpoolItem spoolItem : delivered) {
            Map<?, ?> thread = (Map<?, ?>) spoolItem.body();
            versions.add(thread.get("Id") + " " + thread.get("UpdatedUtc"));
        }
        return versions;
    }
}
