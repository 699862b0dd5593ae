package io.threadpost.pull;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.threadpost.connector.ConnectorParts;
import io.threadpost.connector.PlatformClient;
import io.threadpost.conversation.ConversationParts;
import io.threadpost.errors.RouteErrors;
import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.ledger.Ledger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TestSettings;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.SpoolParts;
import io.threadpost.spool.Spools;

/**
 * One process that pulls: the shipped {@code pull-threads} route on a plain Camel context, over a real ledger and real
 * HTTP. What reaches {@code spool:files} is taken out and kept in memory.
 */
final class PullNode implements AutoCloseable {
    final CamelContext camel = new DefaultCamelContext();
    final Windows windows;
    final DedupeKeyPurge dedupeKeyPurge;
    final PullStatus status;
    private final Queue<SpoolItem> delivered = new ConcurrentLinkedQueue<>();

    /** @param overrides settings besides the address and tokens */
    PullNode(Ledger ledger, URI platform, Map<String, String> overrides) throws Exception {
        Map<String, String> given = new HashMap<>(Map.of(
                "threadpost.connector.address", platform.toString(),
                "threadpost.connector.client-token", SandboxOptions.CLIENT_TOKEN,
                "threadpost.connections.main.access-token", SandboxOptions.ACCESS_TOKEN,
                "threadpost.connector.limit.requests", "100000",
                "threadpost.pull.period", "1s",
                "threadpost.pull.settle", "0s",
                "threadpost.pull.start", "P30D"));
        given.putAll(overrides);
        Settings settings = TestSettings.of(given);
        camel.getPropertiesComponent()
                .addOverrideProperty("threadpost.pull.period", given.get("threadpost.pull.period"));
        camel.getShutdownStrategy().setTimeout(10);
        new RouteErrors().install(camel);
        Spools spools = SpoolParts.add(camel, ledger, settings);
        new RouteThreadEdits(SpoolParts.actions(ledger, spools)).configure(camel);
        ConnectorParts.add(camel, ledger, settings);
        windows = new Windows(ledger);
        status = new PullStatus(ledger, settings);
        dedupeKeyPurge = new DedupeKeyPurge(ledger, settings);
        PlatformClient platformClient = ConnectorParts.client(camel, ledger);
        ThreadVersions versions = new ThreadVersions(ledger);
        PullFailurePolicy failurePolicy = new PullFailurePolicy(status);
        PageStore store = new PageStore(
                ledger,
                windows,
                versions,
                spools,
                status,
                new PullMeters(new SimpleMeterRegistry(), settings),
                ConversationParts.conversations(ledger, settings));
        camel.addComponent(
                "windows",
                new WindowsComponent(new WalkerFactory(
                        windows, platformClient, versions, store, failurePolicy, settings, new Heartbeats())));
        WindowPlanner planner = new WindowPlanner(ledger, windows, platformClient, settings);
        WalkSteps walk = new WalkSteps();
        Map<String, Object> steps = Map.of(
                "planWindows", new PlanWindowsProcessor(camel, planner, settings, failurePolicy),
                "cursorLoop", walk.cursorLoop(),
                "openThread", walk.openThread(),
                "routedThreads", walk.routedThreads(),
                "commitPage", walk.commitPage());
        steps.forEach((name, step) -> camel.getRegistry().bind(name, step));
    }

    /** Runs {@code pull-threads} with this as {@code direct:route-thread}. */
    PullNode start(RouteBuilder... routes) throws Exception {
        camel.start();
        for (RouteBuilder route : routes) {
            camel.addRoutes(route);
        }
        camel.addRoutes(route("spool:files", this::keep));
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(
                        camel,
                        "file:" + Path.of("routes/pull-threads.camel.yaml").toAbsolutePath()));
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
        delivered.add(new SpoolItem(
                exchange.getMessage().getHeader(SpoolConstants.KEY, String.class),
                exchange.getMessage().getHeader(SpoolConstants.CONNECTION, String.class),
                Map.of(),
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

    @Override
    public void close() {
        camel.stop();
    }
}
